//! The built command as people and scripts use it: what stands on standard output, what on
//! standard error, and the exit code.
//!
//! Expected figures come from the documents' cases or are worked by hand beside the test.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod check;
mod diff;
mod explain;
mod families;
mod fmt;
mod lists;
mod presets;
mod presets_score;
mod prove;
mod readings;
mod rows;
mod schedule;
mod score;
mod streams;
mod test;
mod trials;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A scheme of one item and a grade: 100 less 5 a time, not below 0.
const PUNCTUALITY: &str = r#"scheme punctuality "守时考核" {
    assesses person "人员" every month
    out of 100 cite "一"
    input late "迟到" : count, lower is better
    item attendance "出勤" out of 100 cite "二" {
        start at 100
        deduct 5 per late
        not below 0 cite "二"
    }
    grade "等次" by total cite "三" {
        from 90   => 合格
        otherwise => 不合格
    }
    example "两次" {
        given late = 2
        expect total = 90, grade = 合格
    }
}
"#;

/// How a run ended.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    #[track_caller]
    fn ends(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "\n--- out\n{}\n--- err\n{}",
            self.out,
            self.err
        );
        self
    }

    #[track_caller]
    fn says(self, text: &str) -> Self {
        assert!(self.err.contains(text), "{text:?} not in\n{}", self.err);
        self
    }

    #[track_caller]
    fn shows(self, text: &str) -> Self {
        assert!(self.out.contains(text), "{text:?} not in\n{}", self.out);
        self
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

/// A folder for the files of one test.
struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(TempDir::new().unwrap());
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn run(&self, arguments: &str) -> Ran {
        self.run_with(arguments, b"")
    }

    /// Runs the command in this folder. Arguments are separated by blanks.
    fn run_with(&self, arguments: &str, input: &[u8]) -> Ran {
        let mut child = command(self.0.path())
            .args(arguments.split_whitespace())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        // A run that fails early does not read its input.
        let fed = std::thread::spawn(move || _ = stdin.write_all(&input));
        let output = child.wait_with_output().unwrap();
        fed.join().unwrap();
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_assize"));
    command.current_dir(folder).env_remove("NO_COLOR");
    command
}

/// The folder of a scheme of the documents.
fn preset_file(slug: &str, name: &str) -> String {
    let schemes = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemes");
    fs::read_to_string(schemes.join(slug).join(name)).unwrap()
}

#[test]
fn wrong_use_ends_with_2() {
    let folder = Folder::new(&[]);
    folder.run("").ends(2);
    folder.run("judge").ends(2).says("unrecognized subcommand");
    folder.run("check").ends(2);
    folder.run("score preset:welfare-service-502030").ends(2);
    folder.run("check a.scheme --output-format gitlab").ends(2);
    folder.run("--help").ends(0).shows("考评方案");
}

#[test]
fn what_is_not_there_ends_with_2_and_says_so() {
    let folder = Folder::new(&[("a.csv", "人员,迟到\n"), ("empty/notes.txt", "")]);
    folder
        .run("check no.scheme")
        .ends(2)
        .says("cannot read no.scheme");
    folder
        .run("check empty")
        .ends(2)
        .says("no .scheme file below empty");
    folder
        .run("score preset:welfare-service a.csv")
        .ends(2)
        .says("no preset `welfare-service`");
    folder
        .run("score preset:bank-outlet-servise a.csv --lang zh")
        .ends(2)
        .says("是否应为“bank-outlet-service”？");
    folder
        .run("score preset:bank-outlet-service no.csv")
        .ends(2)
        .says("cannot open no.csv");
}
