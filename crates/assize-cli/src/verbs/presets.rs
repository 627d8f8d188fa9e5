//! `presets list`, `presets show SLUG`, `presets copy SLUG DIR`: the schemes that come with the
//! program.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use assize::input::InputField;
use assize::syntax::Period;
use assize::text::{Language, Words};
use assize_presets::{Preset, presets};
use serde::Serialize;

use super::{Verdict, Voice};
use crate::aligned::write_aligned;
use crate::arguments::{ListFormat, PresetsVerb};
use crate::failure::Failure;
use crate::read::ListTable;
use crate::schemes;
use crate::words::words;
use crate::write::{Destination, csv_row, write_whole};

/// Does what the verb says.
pub fn run(verb: &PresetsVerb, voice: Voice) -> Result<Verdict, Failure> {
    match verb {
        PresetsVerb::List { format } => list(*format, voice.language)?,
        PresetsVerb::Show { slug } => show(schemes::preset(slug)?)?,
        PresetsVerb::Copy {
            slug,
            folder,
            force,
        } => copy(schemes::preset(slug)?, folder, *force)?,
    }
    Ok(Verdict::Clean)
}

fn list(format: ListFormat, language: Language) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match format {
        ListFormat::Table => list_table(&mut out, language)?,
        ListFormat::Json => list_json(&mut out)?,
    }
    out.flush()
}

fn list_json(out: &mut dyn Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Listed {
        slug: &'static str,
        title: &'static str,
        document: &'static str,
        kind: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        cycle: Option<String>,
    }
    let listed: Vec<Listed> = presets()
        .map(|preset| Listed {
            slug: preset.slug,
            title: preset.title(),
            document: preset.document(),
            kind: preset.kind().words().en,
            cycle: preset.cycle().map(|cycle| cycle_words(cycle).en),
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &listed)?;
    writeln!(out)
}

fn list_table(out: &mut dyn Write, language: Language) -> io::Result<()> {
    let headings = [
        words!("slug", "代码"),
        words!("title", "名称"),
        words!("document", "依据文件"),
        words!("kind", "类型"),
        words!("cycle", "周期"),
    ];
    let mut rows = vec![headings.map(|words| words.in_language(language).to_owned())];
    rows.extend(presets().map(|preset| {
        let cycle = preset.cycle().map(cycle_words);
        let cycle = cycle.map(|words| words.in_language(language).to_owned());
        [
            preset.slug.to_owned(),
            preset.title().to_owned(),
            format!("《{}》", preset.document()),
            preset.kind().words().in_language(language).to_owned(),
            cycle.unwrap_or_default(),
        ]
    }));
    write_aligned(out, &rows)
}

fn cycle_words(cycle: Period) -> Words {
    match cycle {
        Period::Day => words!("day", "每天"),
        Period::Week => words!("week", "每周"),
        Period::Month => words!("month", "每月"),
        Period::Quarter => words!("quarter", "每季度"),
        Period::HalfYear => words!("half year", "每半年"),
        Period::Year => words!("year", "每年"),
    }
}

fn show(preset: &Preset) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(preset.scheme.as_bytes())?;
    out.flush()
}

/// Writes the files of a preset into a folder, and their names to standard output.
fn copy(preset: &Preset, folder: &Path, force: bool) -> Result<(), Failure> {
    let mut files = vec![
        (format!("{}.scheme", preset.slug), preset.scheme.to_owned()),
        ("source.md".to_owned(), preset.source.to_owned()),
    ];
    let single = [
        ("cases.jsonl", preset.cases),
        ("sample.csv", preset.sample),
        ("empty.csv", preset.empty),
    ];
    files.extend(
        single
            .into_iter()
            .filter_map(|(name, text)| Some((name.to_owned(), text?.to_owned()))),
    );
    let of_lists = [
        ("sample", preset.sample_lists),
        ("empty", preset.empty_lists),
    ];
    for (kind, lists) in of_lists {
        let named = lists.iter();
        files.extend(named.map(|(list, text)| (format!("{kind}-{list}.csv"), (*text).to_owned())));
    }
    if let Some(scheme) = preset.checked()
        && let Some(subject) = scheme.subject_names().last()
    {
        for (name, text) in empty_lists(scheme.inputs(), subject) {
            if files.iter().all(|(other, _)| *other != name) {
                files.push((name, text));
            }
        }
    }
    let files: Vec<_> = files
        .into_iter()
        .map(|(name, text)| (folder.join(name), text))
        .collect();
    let there = files.iter().filter(|(path, _)| !force && path.exists());
    let paths: Vec<String> = there.map(|(path, _)| path.display().to_string()).collect();
    if !paths.is_empty() {
        return Err(Failure::Exists { paths });
    }
    fs::create_dir_all(folder).map_err(|source| Failure::Folder {
        path: folder.display().to_string(),
        source,
    })?;
    let mut out = io::stdout().lock();
    for (path, text) in files {
        writeln!(out, "{}", path.display())?;
        write_whole(Destination::of_argument(Some(path)), &text)?;
    }
    out.flush()?;
    Ok(())
}

/// An empty table for each list whose rows have members: `empty-outlets.csv`, the subject first,
/// under the headings that people read. Plain figures need none: they stand in one cell.
fn empty_lists(fields: &[InputField], subject: &str) -> Vec<(String, String)> {
    ListTable::all(fields)
        .into_iter()
        .filter(|list| list.has_members)
        .map(|list| {
            let name = format!("empty-{}.csv", list.name);
            (name, csv_row(&list.headings(subject)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use assize::input::{FieldShape, FieldType};

    use super::*;

    fn field(key: &str, label: Option<&str>, shape: FieldShape) -> InputField {
        InputField {
            key: key.to_owned(),
            name: key.to_owned(),
            label: label.map(str::to_owned),
            parameter: false,
            shape,
        }
    }

    #[test]
    fn each_list_of_rows_has_an_empty_table_with_the_subject_first() {
        let figure = || FieldShape::One(FieldType::Figure);
        let counts = FieldShape::Map {
            keys: vec![
                ("p1".to_owned(), Some("一级".to_owned())),
                ("p2".to_owned(), None),
            ],
            value: FieldType::Count,
            in_order: false,
        };
        let mails = FieldShape::Group(vec![field("hours", Some("用时, 小时"), figure())]);
        let outlets = FieldShape::Group(vec![
            field("id", Some("网点"), FieldShape::One(FieldType::Text)),
            field("mystery", None, figure()),
            field("cases", Some("案件"), counts),
            field("mails", Some("邮件"), FieldShape::List(Box::new(mails))),
        ]);
        let inputs = [
            field("management", Some("管理"), figure()),
            field("scores", Some("得分"), FieldShape::List(Box::new(figure()))),
            field(
                "outlets",
                Some("网点名单"),
                FieldShape::List(Box::new(outlets)),
            ),
        ];
        assert_eq!(
            empty_lists(&inputs, "支行"),
            [
                (
                    "empty-outlets.csv".to_owned(),
                    "支行,网点,mystery,案件.一级,案件.p2\n".to_owned()
                ),
                (
                    "empty-outlets.mails.csv".to_owned(),
                    "支行,网点,\"用时, 小时\"\n".to_owned()
                ),
            ]
        );
    }
}
