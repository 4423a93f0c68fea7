//! The vault: keys, encrypted databases and backups on the physician's own disk.
//!
//! It knows age files, SQLCipher's key line, the layout of the vault folder and the order in which files become durable.
//! It must not know what stands in a database: tables, persons and rules belong to other modules, and nothing of ours is
//! imported here. Dates come in as arguments; only keys and identifiers are drawn from the system's random source.
//!
//! ```text
//! vault.json                    format, vault id, DEMO mark, where the identity lies
//! lock                          held by the one running instance
//! failures                      failed unlocks that no key could record
//! keys/identity.age             the owner's X25519 identity under the passphrase (scrypt), or on another medium
//! registry.db registry.key.age  the registry and its key, sealed to the owner and to the recovery recipient
//! sites/E01.db E01.key.age      one establishment each, likewise
//! ```

pub mod backup;
mod base32;
mod create;
pub mod database;
mod error;
mod failures;
pub mod files;
mod identity;
mod identity_file;
mod key_file;
pub mod key_line;
pub mod layout;
mod lock;
mod moving;
mod open;
mod passphrase;
pub mod places;
pub mod process;
mod recovery;
mod rotate;
mod seal;
mod sealing;
mod secret;
mod sites;
mod staging;
#[cfg(test)]
mod tests;
mod words;

pub use create::CreateOptions;
pub use database::{DatabaseError, OpenDatabase, checkpoint_and_close};
pub use error::{ErrorClass, VaultError};
pub use failures::FailedUnlocks;
pub use identity::{IdentityError, WORK_FACTOR, WORK_FACTOR_LIMIT, WORK_FACTOR_QUICK};
pub use layout::{DatabaseId, Header, Layout};
pub use open::{Unlock, Vault};
pub use passphrase::{Passphrase, WeakPassphrase};
pub use places::Warning;
pub use recovery::{CodeChallenge, CodeError, RecoveryCode};
pub use rotate::Recovery;
pub use sealing::sealed_name;
pub use secret::{CryptoError, DatabaseKey};
pub use sites::Orphan;
pub use words::generate_six_words;
