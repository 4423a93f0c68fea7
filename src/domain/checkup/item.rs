//! What is examined at a checkup, by a short code that never changes; names, units and codes stand in `items.toml`.

/// Defines the items with the code under which they are kept.
macro_rules! items {
    ($($variant:ident = $code:literal),* $(,)?) => {
        /// An item of a checkup; its code is what is stored.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Item { $(#[doc = $code] $variant),* }

        impl Item {
            /// Every item, in the order of the 個人票 (様式第5号).
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stored code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The item with this code.
            pub fn of_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

items! {
    History = "his", Symptoms = "sym", Signs = "sgn",
    Height = "ht", Weight = "wt", Bmi = "bmi", Waist = "wc", VisceralFat = "vfa",
    VisionRight = "vr", VisionLeft = "vl", VisionRightCorrected = "vrc", VisionLeftCorrected = "vlc",
    Hearing1000Right = "h1r", Hearing1000Left = "h1l", Hearing4000Right = "h4r", Hearing4000Left = "h4l",
    HearingOther = "hx",
    ChestXray = "cxr", Sputum = "spt",
    Systolic = "sbp", Diastolic = "dbp", HeartRate = "hr",
    Haemoglobin = "hb", RedCells = "rbc", Haematocrit = "hct", WhiteCells = "wbc", Platelets = "plt",
    Ast = "ast", Alt = "alt", Ggt = "ggt", Protein = "tp", Albumin = "alb",
    Ldl = "ldl", Hdl = "hdl", NonHdl = "nhdl", TotalCholesterol = "tc",
    TriglycerideFasting = "tgf", TriglycerideCasual = "tgc", Triglyceride = "tg",
    GlucoseFasting = "fpg", GlucoseCasual = "cpg", Glucose = "glu", HbA1c = "a1c", HbA1cJds = "a1j", Meal = "meal",
    UrineGlucose = "ug", UrineProtein = "up", UrineBlood = "ub",
    Creatinine = "cr", Egfr = "egfr", UricAcid = "ua",
    Ecg = "ecg",
    MedicinePressure = "mdp", MedicineGlucose = "mdg", MedicineLipid = "mdl", Smoking = "smk",
    Metabolic = "mets", GuidanceLevel = "hgl", Examiner = "doc",
    WorkHistory = "whx", MedicalOpinion = "opn", OpinionPhysician = "opd",
}

impl Item {
    /// The item that says the same in the other eye or ear, as a pair in one cell is written: right, then left.
    pub const fn left_of_pair(self) -> Option<Self> {
        match self {
            Self::Systolic => Some(Self::Diastolic),
            Self::VisionRight => Some(Self::VisionLeft),
            Self::VisionRightCorrected => Some(Self::VisionLeftCorrected),
            Self::Hearing1000Right => Some(Self::Hearing1000Left),
            Self::Hearing4000Right => Some(Self::Hearing4000Left),
            _ => None,
        }
    }

    /// Whether it was told, said of the examination or judged for another purpose: no finding by itself.
    pub const fn is_told(self) -> bool {
        matches!(
            self,
            Self::History
                | Self::Symptoms
                | Self::Signs
                | Self::WorkHistory
                | Self::MedicalOpinion
                | Self::Metabolic
                | Self::GuidanceLevel
                | Self::Examiner
                | Self::OpinionPhysician
        )
    }

    /// Whether it is a test of one ear with a tone.
    pub const fn is_tone(self) -> bool {
        matches!(self, Self::Hearing1000Right | Self::Hearing1000Left | Self::Hearing4000Right | Self::Hearing4000Left)
    }
}
