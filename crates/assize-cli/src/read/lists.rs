//! The lists of a scheme, each with the table in which its rows may stand.
//!
//! A list is called by its path, `outlets` or `waits.hotline`; a list inside the rows of another
//! one by both, `outlets.emails`. Each step is a key, a name or a label. A row of the table is one
//! element: its members each have a column, and an element without members has a column of its
//! own, headed like the list. Absent on purpose: lists three deep, which JSON holds.

use assize::input::{FieldShape, FieldType, Given, InputField};
use indexmap::IndexMap;

use super::columns::SubjectColumn;
use super::headings::headings_of;
use super::names::{Names, members_of_kinds, normal};

/// A list, and what a row of its table holds.
#[derive(Clone, Debug)]
pub struct ListTable {
    /// How it is called: its keys, joined by dots.
    pub name: String,
    /// What data may call it: this, and each way with names and labels.
    called: Vec<String>,
    /// Its own key, by which refusals call it.
    pub field: String,
    /// The keys that lead to it, in the subject or in a row of the outer list.
    pub path: Vec<String>,
    /// The inputs of one row.
    pub fields: Vec<InputField>,
    /// Whether a row has members; else its one value is the element.
    pub has_members: bool,
    /// The list whose rows hold it.
    pub outer: Option<Outer>,
}

/// A list whose rows hold another.
#[derive(Clone, Debug)]
pub struct Outer {
    /// Its own key.
    pub field: String,
    /// The keys that lead to it.
    pub path: Vec<String>,
    /// The inputs of its rows.
    pub fields: Vec<InputField>,
    /// The key of the member by which a row is found: the first of type text, unless another is
    /// asked for. Empty where there is none.
    pub key: String,
}

/// Where in the inputs a list stands.
#[derive(Clone, Default)]
struct At<'a> {
    path: Vec<String>,
    called: Vec<String>,
    full: Vec<String>,
    outer: Option<&'a ListTable>,
}

impl ListTable {
    /// Every list of these inputs, and every list in their rows.
    #[must_use]
    pub fn all(fields: &[InputField]) -> Vec<Self> {
        let mut lists = Vec::new();
        find(fields, &At::default(), &mut lists);
        lists
    }

    /// Whether data calls the list by this text.
    #[must_use]
    pub fn is_called(&self, text: &str) -> bool {
        let text = normal(text);
        self.called.iter().any(|called| normal(called) == text)
    }

    /// What heads the columns of its table, the subject first.
    #[must_use]
    pub fn headings(&self, subject: &str) -> Vec<String> {
        let mut headings = vec![subject.to_owned()];
        let members = headings_of(&Names::of_fields(&self.fields));
        let outer = self.outer.as_ref().and_then(Outer::key_member);
        headings.extend(outer.map(heading).filter(|outer| !members.contains(outer)));
        headings.extend(members);
        headings
    }

    /// One element, from the values of its row.
    #[must_use]
    pub fn element(&self, mut values: IndexMap<String, Given>) -> Given {
        match self.fields.first() {
            Some(field) if !self.has_members => {
                let own = values.swap_remove(&field.key);
                own.unwrap_or(Given::Nothing)
            }
            Some(_) | None => Given::Map(values),
        }
    }

    /// What names the subject, the period and the outer row in its table. A member that would be
    /// called like the period is a member.
    #[must_use]
    pub fn key_columns(&self, subject: &SubjectColumn) -> SubjectColumn {
        let names = Names::of_fields(&self.fields);
        let is_member = |text: &String| names.meant_by(text).next().is_some();
        let mut key = subject.clone();
        key.period.retain(|text| !is_member(text));
        if let Some(member) = self.outer.as_ref().and_then(Outer::key_member) {
            key.outer = called(member);
        }
        key
    }
}

impl Outer {
    fn of(list: &ListTable) -> Self {
        let is_text = |field: &&InputField| field.shape == FieldShape::One(FieldType::Text);
        let key = list.fields.iter().find(is_text);
        Self {
            field: list.field.clone(),
            path: list.path.clone(),
            fields: list.fields.clone(),
            key: key.map(|field| field.key.clone()).unwrap_or_default(),
        }
    }

    /// The member by which a row is found.
    #[must_use]
    pub fn key_member(&self) -> Option<&InputField> {
        self.fields.iter().find(|field| field.key == self.key)
    }

    /// The member of its rows that data calls by this text.
    #[must_use]
    pub fn member(&self, text: &str) -> Option<&InputField> {
        let text = normal(text);
        let is_it = |field: &&InputField| called(field).iter().any(|name| normal(name) == text);
        self.fields.iter().find(is_it)
    }
}

/// What data may call one input.
pub fn called(field: &InputField) -> Vec<String> {
    let mut called = vec![field.key.clone(), field.name.clone()];
    called.extend(field.label.clone());
    called.dedup();
    called
}

fn heading(field: &InputField) -> String {
    field.label.clone().unwrap_or_else(|| field.key.clone())
}

/// Groups nest as deep as the language lets them; lists are followed two deep.
fn find(fields: &[InputField], at: &At<'_>, lists: &mut Vec<ListTable>) {
    for field in fields {
        match &field.shape {
            FieldShape::Either(alternatives) => find(alternatives, at, lists),
            FieldShape::Group(members) => find(members, &at.below(field), lists),
            FieldShape::OneOf { tag, kinds } => {
                find(&members_of_kinds(tag, kinds), &at.below(field), lists);
            }
            FieldShape::List(element) => add(field, element, at, lists),
            FieldShape::One(_) | FieldShape::Map { .. } | FieldShape::Named(_) => {}
        }
    }
}

fn add(field: &InputField, element: &FieldShape, at: &At<'_>, lists: &mut Vec<ListTable>) {
    let here = at.below(field);
    let (fields, has_members) = match element {
        FieldShape::Group(members) => (members.clone(), true),
        FieldShape::OneOf { tag, kinds } => (members_of_kinds(tag, kinds), true),
        element => {
            let one = InputField {
                shape: element.clone(),
                ..field.clone()
            };
            (vec![one], false)
        }
    };
    let list = ListTable {
        name: here.full.join("."),
        called: here.called.clone(),
        field: field.key.clone(),
        path: here.path.clone(),
        fields,
        has_members,
        outer: at.outer.map(Outer::of),
    };
    // Members of several kinds may share a list, whose table is one.
    if lists.iter().any(|other| other.name == list.name) {
        return;
    }
    let rows = At {
        path: Vec::new(),
        called: here.called,
        full: here.full,
        outer: Some(&list),
    };
    let mut inner = Vec::new();
    if list.has_members && list.outer.is_none() {
        find(&list.fields, &rows, &mut inner);
    }
    lists.push(list);
    lists.extend(inner);
}

impl At<'_> {
    fn below(&self, field: &InputField) -> Self {
        let own = called(field);
        let called = if self.called.is_empty() {
            own
        } else {
            let joined = |before: &String| {
                let before = before.clone();
                own.iter().map(move |own| format!("{before}.{own}"))
            };
            self.called.iter().flat_map(joined).collect()
        };
        let longer = |keys: &[String]| {
            let own = std::iter::once(field.key.clone());
            keys.iter().cloned().chain(own).collect()
        };
        Self {
            path: longer(&self.path),
            called,
            full: longer(&self.full),
            outer: self.outer,
        }
    }
}

#[cfg(test)]
pub mod tests {
    use super::super::names::tests::{field, figures, inputs, of_type, one};
    use super::*;

    /// A branch with outlets, each with e-mails and rates, and waits by kind.
    pub fn branch() -> Vec<InputField> {
        let emails = FieldShape::Group(vec![one("hours", "回复用时")]);
        let outlet = FieldShape::Group(vec![
            of_type("id", "网点", FieldType::Text),
            one("mystery", "神秘人暗访"),
            field("emails", "邮件", FieldShape::List(Box::new(emails))),
        ]);
        vec![
            one("management", "管理得分"),
            field("outlets", "网点名单", FieldShape::List(Box::new(outlet))),
            field(
                "waits",
                "等候",
                FieldShape::Group(vec![field("hotline", "热线", figures())]),
            ),
        ]
    }

    #[test]
    fn a_list_is_called_by_its_path_in_keys_names_or_labels() {
        let lists = ListTable::all(&branch());
        let names: Vec<_> = lists.iter().map(|list| list.name.as_str()).collect();
        assert_eq!(names, ["outlets", "outlets.emails", "waits.hotline"]);
        for (list, texts) in [
            (0, ["outlets", "网点名单"]),
            (1, ["网点名单.emails", " outlets.邮件 "]),
            (2, ["等候.热线", "waits.hotline"]),
        ] {
            for text in texts {
                assert!(lists[list].is_called(text), "{text}");
            }
        }
        assert!(!lists[1].is_called("emails"));
        assert_eq!(ListTable::all(&inputs()).len(), 1);
    }

    #[test]
    fn a_table_is_headed_by_the_subject_and_a_column_for_each_member() {
        let lists = ListTable::all(&branch());
        assert_eq!(lists[0].headings("支行"), ["支行", "网点", "神秘人暗访"]);
        assert_eq!(lists[1].headings("支行"), ["支行", "网点", "回复用时"]);
        assert_eq!(lists[2].headings("支行"), ["支行", "热线"]);
    }
}
