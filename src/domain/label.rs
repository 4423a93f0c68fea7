//! Closed lists of words: the stored name, and the word a physician reads.

/// Defines an enum whose variants carry the Japanese word shown for them.
///
/// Gives `ALL`, `label`, and serde names in snake case. The default is the first variant.
#[macro_export]
macro_rules! labelled {
    ($(#[$meta:meta])* $name:ident { $first:ident = $first_label:literal $(, $variant:ident = $label:literal)* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            #[doc = concat!("「", $first_label, "」")]
            #[default]
            $first,
            $(#[doc = concat!("「", $label, "」")] $variant,)*
        }

        impl $name {
            /// Every value, in the order of the form.
            pub const ALL: &'static [Self] = &[Self::$first $(, Self::$variant)*];

            /// The word shown to the physician.
            pub const fn label(self) -> &'static str {
                match self {
                    Self::$first => $first_label,
                    $(Self::$variant => $label,)*
                }
            }
        }
    };
}
