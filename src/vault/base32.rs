//! The 32 characters of Bech32 and its checksum (BIP 173), in which age writes an X25519 secret.

/// The alphabet: no `1`, `b`, `i`, `o`, which look like others by hand.
const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];

/// Returns the value (0 to 31) of a character in lower case.
pub(super) fn value(character: char) -> Option<u8> {
    ALPHABET.iter().position(|known| char::from(*known) == character).and_then(|index| u8::try_from(index).ok())
}

/// Returns the lower-case character of the lowest five bits.
pub(super) fn character(value: u32) -> char {
    ALPHABET.iter().cycle().nth((value & 31) as usize).map_or('q', |byte| char::from(*byte))
}

/// Computes the six checksum characters of a Bech32 string from its prefix and its data values.
pub(super) fn checksum(prefix: &str, data: &[u8]) -> [char; 6] {
    let mut state = 1;
    prefix.bytes().for_each(|byte| state = step(state, byte >> 5));
    state = step(state, 0);
    prefix.bytes().for_each(|byte| state = step(state, byte & 31));
    data.iter().for_each(|value| state = step(state, *value));
    (0..6).for_each(|_| state = step(state, 0));
    state ^= 1;
    [25, 20, 15, 10, 5, 0].map(|shift| character(state >> shift))
}

fn step(state: u32, value: u8) -> u32 {
    let top = state >> 25;
    let mut next = ((state & 0x01ff_ffff) << 5) ^ u32::from(value);
    for (bit, generator) in GENERATOR.iter().enumerate() {
        if (top >> bit) & 1 == 1 {
            next ^= generator;
        }
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_and_values_are_inverse() {
        for index in 0..32_u8 {
            assert_eq!(value(character(u32::from(index))), Some(index));
        }
        assert_eq!("1bioQ".chars().find_map(value), None);
    }

    #[test]
    fn checksum_of_the_bip_173_vector() {
        assert_eq!(checksum("a", &[]).iter().collect::<String>(), "2uel5l");
    }
}
