//! What data may call an input: its key, its name or its label, at each level of nesting.
//!
//! Texts are compared without the blanks around them and in Unicode normal form C, so that a label
//! typed on another machine is still the same label. Absent on purpose: any liking for the nearest
//! name. A name either is one of these or is unknown.

use std::collections::HashMap;

use assize::input::{FieldShape, FieldType, InputField};
use unicode_normalization::UnicodeNormalization;

/// The inputs of one level, by everything that data may call them.
#[derive(Debug, Default)]
pub struct Names {
    entries: Vec<Entry>,
    by_text: HashMap<String, Vec<usize>>,
}

/// One input, map key or member.
#[derive(Debug)]
pub struct Entry {
    /// The key under which its value is handed on.
    pub key: String,
    /// Its name in the scheme, by which refusals call it.
    pub name: String,
    /// Its label, else its key: what a person would write as a heading.
    pub heading: String,
    /// What it holds.
    pub holds: Holds,
}

/// What an input holds, as far as a reader cares.
#[derive(Debug)]
pub enum Holds {
    /// One value.
    One(Written),
    /// Several of these.
    List(Box<Holds>),
    /// Values under these keys, or members.
    Named {
        /// The keys or members.
        names: Names,
        /// Whether the values may be given as a list, in the order of the keys.
        in_order: bool,
    },
    /// Values under names that data gives.
    Free,
}

/// What a stored number of a workbook may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// What its format shows.
    Plain,
    /// A day and a time of day.
    Time,
    /// How long.
    Duration,
}

/// A text as it is compared.
#[must_use]
pub fn normal(text: &str) -> String {
    text.trim().nfc().collect()
}

impl Holds {
    /// Whether these are several plain values, which stand in one cell.
    #[must_use]
    pub fn is_one_cell(&self) -> bool {
        match self {
            Self::One(_) => true,
            Self::List(element) => matches!(**element, Self::One(_)),
            Self::Named { .. } | Self::Free => false,
        }
    }

    fn of_shape(shape: &FieldShape) -> Self {
        match shape {
            FieldShape::One(of) => Self::One(Written::of_type(of)),
            FieldShape::List(element) => Self::List(Box::new(Self::of_shape(element))),
            FieldShape::Map { keys, in_order, .. } => Self::Named {
                names: Names::of_keys(keys),
                in_order: *in_order,
            },
            FieldShape::Named(_) => Self::Free,
            FieldShape::Group(members) | FieldShape::Either(members) => Self::members(members),
            FieldShape::OneOf { tag, kinds } => Self::members(&members_of_kinds(tag, kinds)),
        }
    }

    fn members(members: &[InputField]) -> Self {
        Self::Named {
            names: Names::of_fields(members),
            in_order: false,
        }
    }
}

impl Written {
    const fn of_type(of: &FieldType) -> Self {
        match of {
            FieldType::Time => Self::Time,
            FieldType::Duration => Self::Duration,
            FieldType::Count
            | FieldType::Figure
            | FieldType::Money
            | FieldType::Flag
            | FieldType::Text
            | FieldType::Date
            | FieldType::Option(_) => Self::Plain,
        }
    }
}

/// The members of every kind behind the one that says which kind. Two kinds may have members of
/// one name.
#[must_use]
pub fn members_of_kinds(tag: &InputField, kinds: &[Vec<InputField>]) -> Vec<InputField> {
    let of_kinds = kinds.iter().flatten();
    std::iter::once(tag).chain(of_kinds).cloned().collect()
}

impl Names {
    /// The names of these inputs. Alternatives stand beside the others, under their own keys.
    #[must_use]
    pub fn of_fields(fields: &[InputField]) -> Self {
        let mut names = Self::default();
        names.add_fields(fields);
        names
    }

    fn add_fields(&mut self, fields: &[InputField]) {
        for field in fields {
            if let FieldShape::Either(alternatives) = &field.shape {
                self.add_fields(alternatives);
                continue;
            }
            let holds = Holds::of_shape(&field.shape);
            self.add(&field.key, &field.name, field.label.as_deref(), holds);
        }
    }

    fn of_keys(keys: &[(String, Option<String>)]) -> Self {
        let mut names = Self::default();
        for (name, label) in keys {
            let holds = Holds::One(Written::Plain);
            names.add(name, name, label.as_deref(), holds);
        }
        names
    }

    fn add(&mut self, key: &str, name: &str, label: Option<&str>, holds: Holds) {
        let index = self.entries.len();
        for text in [Some(key), Some(name), label].into_iter().flatten() {
            let meant = self.by_text.entry(normal(text)).or_default();
            if !meant.contains(&index) {
                meant.push(index);
            }
        }
        self.entries.push(Entry {
            key: key.to_owned(),
            name: name.to_owned(),
            heading: label.unwrap_or(key).to_owned(),
            holds,
        });
    }

    /// Everything at this level that `text` may mean.
    pub fn meant_by(&self, text: &str) -> impl Iterator<Item = &Entry> {
        self.by_text
            .get(&normal(text))
            .into_iter()
            .flatten()
            .filter_map(|index| self.entries.get(*index))
    }

    /// All inputs of this level, in declared order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether there is no input at this level.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

#[cfg(test)]
pub mod tests {
    //! Inputs for the tests of all readers.

    use assize::input::FieldType;

    use super::*;

    pub fn field(key: &str, label: &str, shape: FieldShape) -> InputField {
        InputField {
            key: key.to_owned(),
            name: key.to_owned(),
            label: (!label.is_empty()).then(|| label.to_owned()),
            parameter: false,
            shape,
        }
    }

    pub fn one(key: &str, label: &str) -> InputField {
        field(key, label, FieldShape::One(FieldType::Figure))
    }

    pub fn of_type(key: &str, label: &str, of: FieldType) -> InputField {
        field(key, label, FieldShape::One(of))
    }

    pub fn figures() -> FieldShape {
        FieldShape::List(Box::new(FieldShape::One(FieldType::Figure)))
    }

    /// Inputs of the kinds that the schemes of the documents have.
    pub fn inputs() -> Vec<InputField> {
        let levels = ["很满意", "基本满意", "一般"];
        vec![
            field(
                "inspected",
                "当月是否检查",
                FieldShape::One(FieldType::Flag),
            ),
            one("issues_found", "检查发现的问题"),
            field(
                "answer",
                "",
                FieldShape::Either(vec![
                    one("survey_level", "客户评价"),
                    field(
                        "survey_counts",
                        "各档人数",
                        FieldShape::Map {
                            keys: levels.map(|level| (level.to_owned(), None)).to_vec(),
                            value: FieldType::Count,
                            in_order: false,
                        },
                    ),
                ]),
            ),
            field(
                "sub_scores",
                "分项得分",
                FieldShape::Group(vec![one("attitude", "服务态度"), one("skill", "工作技能")]),
            ),
            field("deductions", "扣分", figures()),
        ]
    }

    #[test]
    fn a_label_typed_in_another_normal_form_is_the_same_label() {
        let names = Names::of_fields(&[one("cafe", "Caf\u{e9}")]);
        let keys: Vec<_> = names.meant_by(" Cafe\u{301} ").map(|e| &e.key).collect();
        assert_eq!(keys, ["cafe"]);
    }

    #[test]
    fn alternatives_stand_under_their_own_keys() {
        let names = Names::of_fields(&inputs());
        assert_eq!(names.meant_by("answer").count(), 0);
        assert_eq!(names.meant_by("客户评价").count(), 1);
    }
}
