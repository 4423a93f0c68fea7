//! Documents that leave the physician's desk: views, templates, typesetting, signature, verification.
//!
//! Knows what a document looks like and how it is sealed. Must not know files, clocks, screens or stores; of
//! ours it may import `law` and `domain` only.

pub mod characters;
pub mod fingerprint;
pub mod fonts;
pub mod sign;
pub mod signer;
pub mod typeset;
pub mod verify;
pub mod view;
