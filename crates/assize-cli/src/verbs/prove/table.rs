//! What was shown, for people: a line for each property; below one that does not hold, what breaks
//! it, in words and as lines of JSON that `score` takes.

use std::io::{self, Write};

use assize::text::Language;

use super::Shown;
use crate::aligned::write_aligned;
use crate::visible;
use crate::words::words;
use crate::write::Data;

pub(super) fn write(out: &mut dyn Write, all: &[Shown<'_>], language: Language) -> io::Result<()> {
    for (place, shown) in all.iter().enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        write_one(out, shown, language)?;
    }
    Ok(())
}

fn write_one(out: &mut dyn Write, shown: &Shown<'_>, language: Language) -> io::Result<()> {
    let name = &shown.text.name;
    match shown.scheme.title() {
        Some(title) => writeln!(out, "{}", visible::line(&format!("{name}  {title}")))?,
        None => writeln!(out, "{}", visible::line(name))?,
    }
    let headings = [
        words!("verdict", "结论"),
        words!("about", "事项"),
        words!("line", "行"),
        words!("article", "条款"),
        words!("claim", "性质"),
    ];
    let mut rows = vec![headings.map(|words| words.in_language(language).to_owned())];
    for property in &shown.proofs.properties {
        let line = shown.line(property).map(|line| line.to_string());
        rows.push([
            property.verdict.words().in_language(language).to_owned(),
            property.kind.words().in_language(language).to_owned(),
            line.unwrap_or_else(|| "-".to_owned()),
            property.article.clone().unwrap_or_else(|| "-".to_owned()),
            property.claim.in_language(language).to_owned(),
        ]);
    }
    if rows.len() == 1 {
        let nothing = words!(
            "nothing is asked of this scheme: it has no guarantee, no marks, no grade",
            "没有可证明的性质：方案中没有保证、分值或等级"
        );
        return writeln!(out, "{}", nothing.in_language(language));
    }
    let mut aligned = Vec::new();
    write_aligned(&mut aligned, &rows)?;
    // One line for each row, the headings first.
    let mut lines = aligned.split_inclusive(|byte| *byte == b'\n');
    if let Some(headings) = lines.next() {
        out.write_all(headings)?;
    }
    for (line, property) in lines.zip(&shown.proofs.properties) {
        out.write_all(line)?;
        let Some(example) = property.verdict.counter_example() else {
            continue;
        };
        let words = example.words.in_language(language);
        writeln!(out, "    {}", visible::line(words))?;
        for subject in &example.subjects {
            writeln!(out, "    {}", Data(subject).line()?)?;
        }
    }
    Ok(())
}
