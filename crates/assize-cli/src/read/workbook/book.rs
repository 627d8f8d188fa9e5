//! Finds the sheet to read, and the texts and formats that its cells refer to.
//!
//! Parts are found by the relations between them, not by their usual names.

use std::io::{Read, Seek};
use std::sync::Arc;

use quick_xml::events::Event;

use super::parts::{Part, Parts, Problem, attribute, local};
use super::sheet::{Area, Sheet, Texts};
use super::styles::Formats;
use crate::read::ReadOptions;
use crate::read::error::ReadError;
use crate::read::ledger::Ledger;
use crate::read::limits::ReadLimits;
use crate::words::words;

/// What the list of sheets says.
struct Listed {
    name: String,
    relation: String,
    visible: bool,
}

/// The list of sheets, and where the parts of the workbook are.
struct Book {
    listed: Vec<Listed>,
    since_1904: bool,
    relations: Vec<Relation>,
}

impl Book {
    fn read<R: Read + Seek>(parts: &mut Parts<R>, file: &Arc<str>) -> Result<Self, ReadError> {
        let in_part = |part: &str| {
            let part = part.to_owned();
            move |problem: Problem| problem.of_part(file, &part)
        };
        let not_a_workbook = || ReadError::NotAWorkbook {
            file: Arc::clone(file),
        };
        let roots = parts.part("_rels/.rels")?;
        let roots = relations(&mut roots.ok_or_else(not_a_workbook)?, "");
        let roots = roots.map_err(in_part("_rels/.rels"))?;
        let book = target(&roots, "/officeDocument").ok_or_else(not_a_workbook)?;
        let mut part = parts.part(&book)?.ok_or_else(|| missing(file, &book))?;
        let (listed, since_1904) = sheets(&mut part).map_err(in_part(&book))?;
        let (folder, name) = book.rsplit_once('/').unwrap_or(("", &book));
        let beside = format!("{folder}/_rels/{name}.rels");
        let mut part = parts.part(&beside)?.ok_or_else(|| missing(file, &beside))?;
        let relations = relations(&mut part, folder).map_err(in_part(&beside))?;
        Ok(Self {
            listed,
            since_1904,
            relations,
        })
    }
}

fn missing(file: &Arc<str>, part: &str) -> ReadError {
    ReadError::DamagedWorkbook {
        file: Arc::clone(file),
        part: part.to_owned(),
        detail: "the part is missing".to_owned(),
    }
}

/// The names of the sheets, in their order; hidden ones among them.
pub fn sheet_names(
    reader: impl Read + Seek,
    file: &Arc<str>,
    limits: ReadLimits,
) -> Result<Vec<String>, ReadError> {
    let mut parts = Parts::open(reader, Arc::clone(file), limits)?;
    let book = Book::read(&mut parts, file)?;
    Ok(book.listed.into_iter().map(|sheet| sheet.name).collect())
}

/// Opens the sheet that is asked for, its merged areas and its name.
pub fn open_sheet(
    reader: impl Read + Seek,
    options: &ReadOptions,
    ledger: &mut Ledger,
) -> Result<(Sheet, Vec<Area>, Arc<str>), ReadError> {
    let file = Arc::clone(&ledger.file);
    let mut parts = Parts::open(reader, Arc::clone(&file), options.limits)?;
    let in_part = |part: &str| {
        let part = part.to_owned();
        let file = Arc::clone(&file);
        move |problem: Problem| problem.of_part(&file, &part)
    };
    let Book {
        listed,
        since_1904,
        relations,
    } = Book::read(&mut parts, &file)?;
    let chosen = choose(&listed, options, ledger)?;
    let relation = relations.iter().find(|one| one.id == chosen.relation);
    let relation = relation.ok_or_else(|| missing(&file, &chosen.name))?;
    if !relation.kind.ends_with("/worksheet") {
        return Err(ReadError::DamagedWorkbook {
            file,
            part: chosen.name.clone(),
            detail: "not a sheet of cells".to_owned(),
        });
    }

    let mut texts = Texts::default();
    if let Some(name) = target(&relations, "/sharedStrings")
        && let Some(mut part) = parts.part(&name)?
    {
        texts = Texts::read(&mut part).map_err(in_part(&name))?;
    }
    let mut formats = Formats::default();
    if let Some(name) = target(&relations, "/styles")
        && let Some(mut part) = parts.part(&name)?
    {
        formats = Formats::read(&mut part).map_err(in_part(&name))?;
    }
    let part = parts
        .part(&relation.target)?
        .ok_or_else(|| missing(&file, &relation.target))?;
    let (sheet, areas) =
        Sheet::open(part, texts, formats, since_1904).map_err(in_part(&relation.target))?;
    Ok((sheet, areas, Arc::from(chosen.name.as_str())))
}

/// The sheet that is asked for, else the first visible one that is not read for itself.
fn choose<'a>(
    listed: &'a [Listed],
    options: &ReadOptions,
    ledger: &mut Ledger,
) -> Result<&'a Listed, ReadError> {
    if let Some(asked) = &options.sheet {
        let found = listed.iter().find(|sheet| sheet.name == *asked);
        return found.ok_or_else(|| ReadError::NoSuchSheet {
            file: Arc::clone(&ledger.file),
            sheet: asked.clone(),
            sheets: listed.iter().map(|sheet| sheet.name.clone()).collect(),
        });
    }
    let mut own = listed
        .iter()
        .filter(|sheet| sheet.visible && !options.other_sheets.contains(&sheet.name));
    let first = own.next().ok_or_else(|| ReadError::NotAWorkbook {
        file: Arc::clone(&ledger.file),
    })?;
    if own.next().is_some() {
        let (file, name) = (&ledger.file, &first.name);
        let warning = words!(
            "{file} has several sheets; {name} is read. Choose another with --sheet",
            "{file} 有多个工作表，读取的是“{name}”；可用 --sheet 另选"
        );
        ledger.warnings.push(warning);
    }
    Ok(first)
}

/// The sheets in their order, and whether days are counted from 1904.
fn sheets(part: &mut Part) -> Result<(Vec<Listed>, bool), Problem> {
    let mut listed = Vec::new();
    let mut since_1904 = false;
    loop {
        match part.event()? {
            Event::Eof => return Ok((listed, since_1904)),
            Event::Start(start) => match local(&start) {
                "sheet" => {
                    let mut relation = None;
                    for attribute in start.attributes() {
                        let attribute = attribute?;
                        if attribute.key.local_name().as_ref() == "id" {
                            relation = Some(attribute.value.into_owned());
                        }
                    }
                    let name = attribute(&start, "name")?;
                    let state = attribute(&start, "state")?;
                    if let (Some(name), Some(relation)) = (name, relation) {
                        listed.push(Listed {
                            name,
                            relation,
                            visible: state.is_none_or(|state| state == "visible"),
                        });
                    }
                }
                "workbookPr" => {
                    let set = attribute(&start, "date1904")?;
                    since_1904 = matches!(set.as_deref(), Some("1" | "true"));
                }
                _ => {}
            },
            _ => {}
        }
    }
}

/// How one part of the workbook points at another.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

fn relations(part: &mut Part, folder: &str) -> Result<Vec<Relation>, Problem> {
    let mut relations = Vec::new();
    loop {
        match part.event()? {
            Event::Eof => return Ok(relations),
            Event::Start(start) if local(&start) == "Relationship" => {
                let id = attribute(&start, "Id")?;
                let kind = attribute(&start, "Type")?;
                let target = attribute(&start, "Target")?;
                if let (Some(id), Some(kind), Some(target)) = (id, kind, target) {
                    let target = match target.strip_prefix('/') {
                        Some(absolute) => absolute.to_owned(),
                        None if folder.is_empty() => target,
                        None => format!("{folder}/{target}"),
                    };
                    relations.push(Relation { id, kind, target });
                }
            }
            _ => {}
        }
    }
}

fn target(relations: &[Relation], kind: &str) -> Option<String> {
    let found = relations.iter().find(|one| one.kind.ends_with(kind));
    found.map(|one| one.target.clone())
}
