//! What data may call an input: its key, its name or its label, at each level of nesting.
//!
//! Texts are compared without the blanks around them and in Unicode normal form C, so that a label
//! typed on another machine is still the same label. Absent on purpose: any liking for the nearest
//! name. A name either is one of these or is unknown.

use std::collections::HashMap;

use assize::input::{FieldShape, InputField};
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
    One,
    /// A list of plain figures.
    List,
    /// Values under these keys, or members.
    Named(Names),
}

/// A text as it is compared.
#[must_use]
pub fn normal(text: &str) -> String {
    text.trim().nfc().collect()
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
            let holds = match &field.shape {
                FieldShape::Either(alternatives) => {
                    self.add_fields(alternatives);
                    continue;
                }
                FieldShape::One(_) => Holds::One,
                FieldShape::List(_) => Holds::List,
                FieldShape::Map { keys, .. } => Holds::Named(Self::of_keys(keys)),
                FieldShape::Group(members) => Holds::Named(Self::of_fields(members)),
            };
            self.add(&field.key, &field.name, field.label.as_deref(), holds);
        }
    }

    fn of_keys(keys: &[(String, Option<String>)]) -> Self {
        let mut names = Self::default();
        for (name, label) in keys {
            names.add(name, name, label.as_deref(), Holds::One);
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
                        },
                    ),
                ]),
            ),
            field(
                "sub_scores",
                "分项得分",
                FieldShape::Group(vec![one("attitude", "服务态度"), one("skill", "工作技能")]),
            ),
            field("deductions", "扣分", FieldShape::List(FieldType::Figure)),
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
