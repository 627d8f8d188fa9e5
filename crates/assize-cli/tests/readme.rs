//! The pages for newcomers do as they say: commands are run in an empty folder beside a copy of
//! `schemes`, and print what the page shows; schemes are right, except those marked as wrong.
//!
//! A fence with a file's name (`scheme hall.scheme`, `scheme hall.scheme wrong`) puts its text into
//! that file, as the sentence above it tells the reader to; schemes may name those above them on the page. What a
//! command prints is its standard output, then its standard error, and a line `…` stands for lines that the page
//! leaves out. Programs in Rust are compiled elsewhere, as documentation of the library.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use assize::diagnostic::Severity;
use assize::{Checker, Scheme};

/// A fenced block of a page.
struct Fence {
    line: usize,
    kind: String,
    file: Option<String>,
    is_wrong: bool,
    text: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn fences(page: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut open: Option<Fence> = None;
    for (index, line) in page.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some("")) => found.extend(open.take()),
            (Some(fence), _) => writeln!(fence.text, "{line}").unwrap(),
            (None, Some(info)) => {
                let mut words = info.split(' ').map(str::to_owned);
                open = Some(Fence {
                    line: index + 1,
                    kind: words.next().unwrap(),
                    file: words.next(),
                    is_wrong: words.next().is_some_and(|word| word == "wrong"),
                    text: String::new(),
                });
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    found
}

/// Copies the files of a folder and of those below it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What a command prints, and how it ends.
fn run(command: &str, folder: &Path) -> (String, i32) {
    let arguments = command
        .strip_prefix("assize ")
        .or_else(|| command.strip_prefix("cargo run --release -p assize-cli -- "))
        .unwrap_or_else(|| panic!("`{command}` is not the command of this program"));
    let output = Command::new(env!("CARGO_BIN_EXE_assize"))
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .output()
        .unwrap();
    let printed = [output.stdout, output.stderr].concat();
    (
        String::from_utf8(printed).unwrap(),
        output.status.code().unwrap(),
    )
}

/// The block as it would look with what the commands print now.
fn played(text: &str, folder: &Path, code: &mut i32) -> String {
    let mut played = String::new();
    for line in text.lines() {
        let Some(command) = line.strip_prefix("$ ") else {
            continue;
        };
        let printed = if command == "echo $?" {
            format!("{code}\n")
        } else {
            let (printed, ended) = run(command, folder);
            *code = ended;
            printed
        };
        write!(played, "{line}\n{printed}").unwrap();
    }
    played
}

/// Whether the page shows what is printed: all of it, or without the lines for which it has `…`.
fn shows(page: &str, printed: &str) -> bool {
    let mut parts = page.split("\n…\n");
    let head = parts.next().unwrap_or_default();
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return page == printed;
    }
    let Some(mut rest) = printed.strip_prefix(head) else {
        return false;
    };
    while let Some(part) = parts.next() {
        // Lines are left out in front of it, whole ones.
        let found = if parts.peek().is_some() {
            rest.find(&format!("\n{part}\n"))
        } else if part.is_empty() {
            rest.ends_with('\n').then(|| rest.len().saturating_sub(1))
        } else {
            rest.strip_suffix(part)
                .filter(|before| before.ends_with('\n'))
                .map(|before| before.len().saturating_sub(1))
        };
        let Some(at) = found.filter(|at| *at > 0 && rest.starts_with('\n')) else {
            return false;
        };
        rest = rest
            .get(at.saturating_add(1).saturating_add(part.len())..)
            .unwrap_or_default();
    }
    rest.is_empty()
}

/// Whether a scheme is right, or wrong where it is marked so.
fn is_as_marked(fence: &Fence, above: &mut BTreeMap<String, Scheme>) -> Result<(), String> {
    let beside = |slug: &str| above.get(slug).cloned();
    let checked = Checker::new().beside(&beside).check(&fence.text);
    let errors: Vec<String> = checked
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity() == Severity::Error)
        .map(|diagnostic| format!("{}: {}", diagnostic.code.name, diagnostic.message))
        .collect();
    if let Some(scheme) = checked.scheme {
        above.insert(scheme.slug().to_owned(), scheme);
    }
    match (fence.is_wrong, errors.is_empty()) {
        (true, true) => Err("marked as wrong, and no error is found".to_owned()),
        (false, false) => Err(errors.join("\n")),
        (true, false) | (false, true) => Ok(()),
    }
}

fn does_as_it_says(page: &str) {
    let text = fs::read_to_string(root().join(page)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("schemes"), &folder.path().join("schemes"));
    let mut code = 0;
    let mut commands = 0;
    let mut above = BTreeMap::new();
    let mut wrong = String::new();
    for fence in fences(&text) {
        if let Some(file) = &fence.file {
            let file = folder.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, &fence.text).unwrap();
        }
        match fence.kind.as_str() {
            "scheme" => {
                if let Err(errors) = is_as_marked(&fence, &mut above) {
                    writeln!(wrong, "{page}:{}: {errors}", fence.line).unwrap();
                }
            }
            "console" => {
                commands += 1;
                let played = played(&fence.text, folder.path(), &mut code);
                if !shows(&fence.text, &played) {
                    writeln!(wrong, "{page}:{}: prints\n{played}", fence.line).unwrap();
                }
            }
            "csv" | "json" | "markdown" | "rust" | "yaml" => {}
            other => panic!("{page}:{}: what is `{other}`?", fence.line),
        }
    }
    assert!(commands > 0, "{page} has no command");
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_page_leaves_out_lines_only_where_it_says_so() {
    let printed = "$ assize\na\nb\nc\n";
    assert!(shows(printed, printed));
    assert!(shows("$ assize\na\n…\nc\n", printed));
    assert!(!shows("$ assize\na\nc\n", printed));
    assert!(!shows("$ assize\na\n…\nb\nc\n", printed));
    assert!(!shows("$ assize\na\n…\nd\n", printed));
    assert!(!shows("$ assize\n…\na\n", printed));
}

#[test]
fn readme() {
    does_as_it_says("README.md");
}

#[test]
fn readme_in_chinese() {
    does_as_it_says("README.zh.md");
}

#[test]
fn first_hour() {
    does_as_it_says("docs/tutorial.zh.md");
}

#[test]
fn continuous_integration() {
    does_as_it_says("docs/CI.md");
}
