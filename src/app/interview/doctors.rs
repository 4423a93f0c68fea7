//! Which doctors the form offers as the one who interviews (安衛法66条の8第1項: a doctor, not the 産業医 alone).

use crate::app::Site;
use crate::domain::Day;
use crate::domain::doctor::Doctor;

/// A doctor that the form offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// 氏名, as the record and the opinion name the doctor.
    pub name: String,
    /// 所属, or 産業医; what tells two of a name apart.
    pub tie: String,
}

/// The owner of the desk first, then those who interview at the site on `day`.
pub fn offered(owner: &Doctor, site: &Site, day: Day) -> Vec<Offered> {
    let own = Offered { name: owner.name.clone(), tie: String::new() };
    let mut doctors = if own.name.is_empty() { Vec::new() } else { vec![own] };
    for row in site.doctors.iter().filter(|row| row.holds_on(day) && row.name != owner.name) {
        let tie = if row.is_site_physician { "産業医".to_owned() } else { row.affiliation.clone() };
        doctors.push(Offered { name: row.name.clone(), tie });
    }
    doctors
}

/// The doctor whose number was typed into the field; a name holds no digit, so one key chooses.
pub fn picked<'a>(typed: &str, offered: &'a [Offered]) -> Option<&'a Offered> {
    let number = typed.chars().rev().find_map(digit)?;
    offered.get(usize::try_from(number).ok()?.checked_sub(1)?)
}

/// Half or full width: the field is written with the input method on.
fn digit(c: char) -> Option<u32> {
    let folded = u32::from(c).checked_sub(u32::from('０')).filter(|digit| *digit < 10);
    c.to_digit(10).or(folded)
}
