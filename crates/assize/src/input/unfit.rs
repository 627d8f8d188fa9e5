//! Why a value of the program that embeds the library cannot be the data of a subject.
//!
//! The fault carries the path that leads to the value; the words are made where they are shown.

use std::fmt;

use serde::ser::Error;

use crate::text::{Words, words};

/// A value of the program that cannot be the data of a subject, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnfitValue {
    /// The fields and indices that lead to it: `months[3].score`; empty for the whole.
    pub path: String,
    /// Why it cannot be taken.
    pub why: Unfit,
}

/// Why a value cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unfit {
    /// An `f32` or `f64`.
    BinaryFraction,
    /// The whole is not made of named values: a number, a list.
    NotNamed,
    /// A key is neither text nor a whole number nor the name of a variant.
    KeyNotText,
    /// Two entries of one map have this name.
    GivenTwice(String),
    /// Bytes, which are no text.
    Bytes,
    /// Lists, maps, options and newtypes lie within each other deeper than this many levels.
    TooDeep(usize),
    /// What the type's own `Serialize` reported.
    OfTheType(String),
}

impl UnfitValue {
    /// What is wrong and what to give instead, for people.
    #[must_use]
    pub fn words(&self) -> Words {
        let why = self.why.words();
        let path = &self.path;
        if path.is_empty() {
            return why;
        }
        let Words { en, zh } = why;
        words!("`{path}`: {en}", "“{path}”：{zh}")
    }

    /// The same fault, seen from one level further out.
    pub(super) fn within(mut self, outer: &str) -> Self {
        let joint = if self.path.is_empty() || self.path.starts_with('[') {
            ""
        } else {
            "."
        };
        self.path = format!("{outer}{joint}{}", self.path);
        self
    }
}

impl Unfit {
    fn words(&self) -> Words {
        match self {
            Self::BinaryFraction => words!(
                "a figure in binary floating point is not exact: give it as text (\"92.5\") or as a Decimal",
                "二进制浮点数不精确，请改用文本（\"92.5\"）或 Decimal"
            ),
            Self::NotNamed => words!(
                "the data of a subject is a struct or a map from names to values",
                "一个考核对象的数据应为结构体，或从名称到数值的映射"
            ),
            Self::KeyNotText => words!(
                "the key of an entry is text, a whole number or the name of a variant",
                "映射的键应为文本、整数或枚举项的名称"
            ),
            Self::GivenTwice(key) => words!("`{key}` is given twice", "“{key}”给了两次"),
            Self::Bytes => words!("bytes are no text: give text", "字节串不是文本，请改用文本"),
            Self::TooDeep(limit) => words!(
                "values lie within each other more than {limit} levels deep",
                "数据嵌套超过 {limit} 层"
            ),
            Self::OfTheType(message) => words!("{message}", "{message}"),
        }
    }
}

impl From<Unfit> for UnfitValue {
    fn from(why: Unfit) -> Self {
        Self {
            path: String::new(),
            why,
        }
    }
}

impl fmt::Display for UnfitValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words().fmt(f)
    }
}

impl std::error::Error for UnfitValue {}

impl Error for UnfitValue {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Unfit::OfTheType(message.to_string()).into()
    }
}
