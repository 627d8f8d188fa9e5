//! The reference of the language keeps its word: each scheme on the page has no error, in either
//! keyword language; the two columns of a table of forms say the same and are understood; words and
//! limits are those of the program.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use assize::diagnostic::Severity;
use assize::input::Subject;
use assize::outcome::Outcome;
use assize::syntax::{Keywords, format_checked, parse, same_meaning};
use assize::text::Limits;
use assize::{Checked, Checker, Scheme};

/// What the words of the program need of the crate that they were written for.
mod text {
    pub use assize::text::Language;
}
#[allow(
    dead_code,
    reason = "the page shows the table, not what the parser does with it"
)]
#[path = "../src/syntax/words.rs"]
mod words;

fn page() -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/REFERENCE.md");
    std::fs::read_to_string(page).unwrap()
}

/// The page that says what a scheme means, with examples of its own.
fn semantics() -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/SEMANTICS.md");
    std::fs::read_to_string(page).unwrap()
}

/// The findings on a scheme; beside it stand the whole schemes of the pages.
fn check(text: &str) -> Checked {
    static BESIDE: LazyLock<Vec<Scheme>> = LazyLock::new(|| {
        let mut blocks_found = blocks(&page(), "```scheme");
        blocks_found.extend(blocks(&semantics(), "```scheme"));
        blocks_found
            .into_iter()
            .filter_map(|(_, block)| assize::check(&block).scheme)
            .collect()
    });
    let beside = |slug: &str| BESIDE.iter().find(|one| one.slug() == slug).cloned();
    Checker::new().beside(&beside).check(text)
}

/// The text of each block with one of these first lines, and the line on which it begins.
fn blocks(page: &str, fence: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (index, line) in page.lines().enumerate() {
        match &mut open {
            Some(_) if line == "```" => found.extend(open.take()),
            Some((_, text)) => writeln!(text, "{line}").unwrap(),
            None if line == fence => open = Some((index + 1, String::new())),
            None => {}
        }
    }
    found
}

/// A block as a whole scheme.
fn whole(block: &str) -> String {
    let is_whole = block.starts_with("scheme ") || block.starts_with("方案 ");
    if is_whole {
        block.to_owned()
    } else {
        format!("scheme page {{\n{block}}}\n")
    }
}

/// The errors of a scheme, one a line.
fn errors(scheme: &str) -> String {
    let checked = check(scheme);
    let errors = checked.diagnostics.iter();
    errors
        .filter(|diagnostic| diagnostic.severity() == Severity::Error)
        .map(|diagnostic| {
            format!(
                "    {} `{}`: {}\n",
                diagnostic.code.name,
                diagnostic.span.of(scheme),
                diagnostic.message
            )
        })
        .collect()
}

#[test]
fn every_scheme_is_right_in_both_languages() {
    let page = page();
    let mut blocks_found = blocks(&page, "```scheme");
    blocks_found.extend(blocks(&page, "```scheme names"));
    assert!(blocks_found.len() >= 15, "{} schemes", blocks_found.len());
    let semantics = blocks(&semantics(), "```scheme");
    assert!(semantics.len() >= 10, "{} schemes", semantics.len());
    let mut wrong = String::new();
    for (line, block) in blocks_found.into_iter().chain(semantics) {
        let scheme = whole(&block);
        write!(wrong, "{}", told(line, &errors(&scheme))).unwrap();
        for keywords in [Keywords::English, Keywords::Chinese] {
            let other = format_checked(&scheme, &Limits::default(), keywords).unwrap();
            write!(wrong, "{}", told(line, &errors(&other))).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn told(line: usize, errors: &str) -> String {
    if errors.is_empty() {
        String::new()
    } else {
        format!("line {line}:\n{errors}")
    }
}

/// A row of a table: the line of the page, and its cells without back ticks.
struct Row {
    line: usize,
    heading: String,
    cells: Vec<String>,
}

/// The rows of tables whose second column is headed so.
fn rows(page: &str, second: &str) -> Vec<Row> {
    let mut found = Vec::new();
    let mut heading: Option<String> = None;
    for (index, line) in page.lines().enumerate() {
        let Some(inner) = line.trim_end().strip_prefix("| ") else {
            if !line.starts_with("|-") {
                heading = None;
            }
            continue;
        };
        let cells: Vec<String> = inner
            .trim_end_matches('|')
            .split(" | ")
            .map(|cell| cell.trim().to_owned())
            .collect();
        match &heading {
            None => heading = Some(format!("{} | {}", cells[0], cells[1])),
            Some(heading) => {
                if let Some(first) = heading.strip_suffix(&format!(" | {second}")) {
                    found.push(Row {
                        line: index + 1,
                        heading: first.to_owned(),
                        cells,
                    });
                }
            }
        }
    }
    found
}

fn unticked(cell: &str) -> &str {
    cell.strip_prefix('`')
        .and_then(|cell| cell.strip_suffix('`'))
        .unwrap_or_else(|| panic!("`{cell}` is not in back ticks"))
}

/// A form in the place where its table says that it stands; `english` is the same form in English.
fn in_its_place(heading: &str, english: &str, form: &str) -> String {
    match heading {
        "In the scheme" => form.to_owned(),
        "Type" => format!("input asked_here : {form}\nresult asked_here"),
        "Figure" => format!("result figure_here = {form}"),
        "Line for each of `people`" => format!("each p in people {{\n{form}\n}}"),
        "Line of an item" => {
            let sets_the_score = english.starts_with("start at") || english.starts_with("score");
            let before = if sets_the_score { "" } else { "start at 30" };
            format!("item item_here out of 100 {{\n{before}\n{form}\n}}")
        }
        "Rule for missing data" => {
            let any = if english.starts_with("missing") {
                ""
            } else {
                "missing => weigh the rest equally"
            };
            let all = if english.starts_with("all missing") {
                ""
            } else {
                "all missing => no result none_left"
            };
            format!(
                "group group_here {{\n40% of mystery\n40% of offsite\n20% of onsite\n{form}\n{any}\n{all}\n}}\ntotal {{ missing => no value }}"
            )
        }
        "Step of a procedure" => {
            format!("procedure place_here every month {{\nstep first\n{form}\n}}")
        }
        "Row by `checked`" => {
            format!("table table_here by checked {{\n{form}\notherwise => 0\n}}")
        }
        "Row by `comment`" => {
            format!("table table_here by comment {{\n{form}\notherwise => 5\n}}")
        }
        "Line behind the levels" => format!(
            "grade grade_here by total {{\nfrom 90 => 优秀\nfrom 60 => 合格\notherwise => 不合格\n{form}\n}}"
        ),
        other => panic!("no place is known for the table `{other}`"),
    }
}

#[test]
fn both_columns_say_the_same_and_are_understood() {
    let page = page();
    let names = blocks(&page, "```scheme names")
        .pop()
        .map(|(_, names)| names)
        .unwrap();
    let limits = Limits::default();
    let rows = rows(&page, "中文");
    let rows: Vec<&Row> = rows.iter().filter(|row| row.heading != "English").collect();
    assert!(rows.len() > 100, "{} rows", rows.len());
    let mut wrong = String::new();
    for row in rows {
        let english = unticked(&row.cells[0]);
        let forms = [english, unticked(&row.cells[1])].map(|form| {
            let form = in_its_place(&row.heading, english, form);
            format!("scheme page {{\n{names}\n{form}\n}}\n")
        });
        let trees = [&forms[0], &forms[1]].map(|form| parse(form, &limits).tree);
        if !same_meaning(&trees[0], &trees[1]) {
            writeln!(wrong, "line {}: the two columns differ", row.line).unwrap();
        }
        for form in &forms {
            write!(wrong, "{}", told(row.line, &errors(form))).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A phrase of regulations has the finding of its row, and is mended as the row says.
#[test]
fn phrases_are_answered_as_their_rows_say() {
    let page = page();
    let (_, names) = blocks(&page, "```scheme names").pop().unwrap();
    let rows = rows(&page, "Finding");
    assert!(rows.len() >= 8, "{} phrases", rows.len());
    for row in rows {
        let [written, code, mended] = [0, 1, 2].map(|cell| unticked(&row.cells[cell]));
        let whole = |line: &str| {
            let item = format!("item item_here out of 100 {{\nstart at 30\n{line}\n}}");
            format!("scheme page {{\n{names}\n{item}\n}}\n")
        };
        let found = assize::check(&whole(written)).diagnostics;
        let found = found.iter().find(|found| found.code.name == code);
        let fix = found.and_then(|found| found.fix.as_ref()).unwrap();
        let mut offered = whole(written);
        offered.replace_range(fix.span.range(), &fix.replacement);
        assert_eq!(offered, whole(mended), "line {}", row.line);
        let left = errors(&offered);
        assert!(left.is_empty(), "line {}: {left}", row.line);
    }
}

/// The third column of the roundings: what becomes of 2.5 and −2.5.
#[test]
fn roundings_give_what_their_rows_say() {
    let page = page();
    let mut tried = 0;
    for row in rows(&page, "中文") {
        let form = row.cells[0].trim_matches('`');
        let Some(mode) = form.strip_suffix(" to a whole number") else {
            continue;
        };
        let (told, _) = row.cells[2].split_once(':').unwrap_or((&row.cells[2], ""));
        let scheme = format!(
            "scheme page {{\ninput x : number\nresult r = {mode} x to a whole number\n}}\n"
        );
        let scheme = assize::check(&scheme).scheme.unwrap();
        let prepared = scheme.prepare(Subject::default()).unwrap();
        let became = ["2.5", "-2.5"].map(|x| match prepared.evaluate(&Subject::new([("x", x)])) {
            Outcome::Ok(scored) => scored.results["r"].to_string().replace('-', "−"),
            other => panic!("{other:?}"),
        });
        assert_eq!(told, became.join(", "), "{form}");
        tried += 1;
    }
    assert_eq!(tried, 7, "the ways to round");
}

#[test]
fn the_words_are_those_of_the_program() {
    let cell = |spellings: &[&str]| match spellings {
        [] => "–".to_owned(),
        _ => spellings
            .iter()
            .map(|spelling| format!("`{spelling}`"))
            .collect::<Vec<_>>()
            .join(" "),
    };
    let expected: Vec<String> = words::TABLE
        .iter()
        .map(|entry| format!("| {} | {} |", cell(entry.english), cell(entry.chinese)))
        .collect();
    let page = page();
    let (_, table) = page.split_once("| English | 中文 |\n|---|---|\n").unwrap();
    let table: Vec<&str> = table
        .lines()
        .take_while(|line| line.starts_with('|'))
        .collect();
    assert!(table == expected, "{}", expected.join("\n"));
}

#[test]
fn words_that_are_never_names_are_all_told() {
    let page = page();
    let (_, told) = page.split_once("**Words that are never names:**").unwrap();
    let (told, _) = told.split_once(". All").unwrap();
    let mut told: Vec<&str> = told
        .split(|c: char| c.is_whitespace() || c == '`' || c == ',')
        .filter(|word| !word.is_empty())
        .collect();
    let mut expected = words::NEVER_NAMES.to_vec();
    told.sort_unstable();
    expected.sort_unstable();
    assert_eq!(told, expected);
}

#[test]
fn the_limits_are_those_of_the_program() {
    let Limits {
        source_bytes,
        expression_depth,
        statement_terms,
        block_depth,
        statements,
        name_bytes,
        quoted_bytes,
        diagnostics,
    } = Limits::default();
    let expected = [
        ("source_bytes", source_bytes),
        ("expression_depth", expression_depth),
        ("statement_terms", statement_terms),
        ("block_depth", block_depth),
        ("statements", statements),
        ("name_bytes", name_bytes),
        ("quoted_bytes", quoted_bytes),
        ("diagnostics", diagnostics),
    ]
    .map(|(name, value)| (format!("`{name}`"), value.to_string()));
    let page = page();
    let rows = rows(&page, "Value");
    let told: Vec<(String, String)> = rows
        .into_iter()
        .map(|row| (row.cells[0].clone(), row.cells[1].clone()))
        .collect();
    assert_eq!(told, expected);
}
