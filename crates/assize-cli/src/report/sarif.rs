//! Findings as SARIF 2.1.0 (OASIS), which code-scanning services read: each code is a rule with
//! its page, each finding a result with its place, other places, and correction.
//!
//! Columns count Unicode code points, as `columnKind` says.

use std::io::{self, Write};

use assize::diagnostic::{Code, Diagnostic, Fix, Severity};
use assize::text::{Language, Span};
use serde_json::{Map, Value, json};

use super::place::Places;
use super::{FileFindings, json::write_json, page, uri};

/// Writes one log with one run.
pub(super) fn write(
    out: &mut dyn Write,
    files: &[FileFindings<'_>],
    language: Language,
) -> io::Result<()> {
    let mut codes: Vec<&Code> = files
        .iter()
        .flat_map(|file| file.diagnostics)
        .map(|diagnostic| diagnostic.code)
        .collect();
    codes.sort_by_key(|code| code.name);
    codes.dedup_by_key(|code| code.name);

    let mut results = Vec::new();
    for file in files {
        let places = Places::new(file.text);
        let uri = uri::of_path(file.path);
        for diagnostic in file.diagnostics {
            let rule = codes.partition_point(|code| code.name < diagnostic.code.name);
            results.push(result(&uri, &places, diagnostic, rule, language));
        }
    }
    let rules: Vec<Value> = codes.iter().map(|code| rule(code, language)).collect();
    let language_tag = match language {
        Language::English => "en",
        Language::Chinese => "zh",
    };
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "assize",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            } },
            "language": language_tag,
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    write_json(out, &log)
}

fn rule(code: &Code, language: Language) -> Value {
    let page = page(code, language);
    json!({
        "id": code.name,
        "shortDescription": { "text": page::first_sentence(code, language) },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level(code.severity) },
    })
}

fn result(
    uri: &str,
    places: &Places<'_>,
    diagnostic: &Diagnostic,
    rule: usize,
    language: Language,
) -> Value {
    let mut text = diagnostic.message.in_language(language).to_owned();
    if let Some(help) = &diagnostic.help {
        text.push('\n');
        text.push_str(help.in_language(language));
    }
    let mut result = Map::new();
    result.insert("ruleId".to_owned(), json!(diagnostic.code.name));
    result.insert("ruleIndex".to_owned(), json!(rule));
    result.insert("level".to_owned(), json!(level(diagnostic.severity())));
    result.insert("message".to_owned(), json!({ "text": text }));
    result.insert(
        "locations".to_owned(),
        json!([{ "physicalLocation": physical(uri, places, diagnostic.span) }]),
    );
    if !diagnostic.labels.is_empty() {
        let related: Vec<Value> = (0..)
            .zip(&diagnostic.labels)
            .map(|(id, label): (u32, _)| {
                json!({
                    "id": id,
                    "physicalLocation": physical(uri, places, label.span),
                    "message": { "text": label.words.in_language(language) },
                })
            })
            .collect();
        result.insert("relatedLocations".to_owned(), json!(related));
    }
    if let Some(fix) = &diagnostic.fix {
        result.insert("fixes".to_owned(), json!([change(uri, places, fix)]));
    }
    Value::Object(result)
}

fn physical(uri: &str, places: &Places<'_>, span: Span) -> Value {
    json!({ "artifactLocation": { "uri": uri }, "region": region(places, span) })
}

fn region(places: &Places<'_>, span: Span) -> Value {
    let (start, end) = places.ends(span);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn change(uri: &str, places: &Places<'_>, fix: &Fix) -> Value {
    json!({
        "artifactChanges": [{
            "artifactLocation": { "uri": uri },
            "replacements": [{
                "deletedRegion": region(places, fix.span),
                "insertedContent": { "text": fix.replacement },
            }],
        }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
