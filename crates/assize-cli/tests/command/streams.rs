//! Standard input, closed pipes, long files.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use super::{Folder, PUNCTUALITY, command};

#[test]
fn data_comes_from_standard_input_with_its_format() {
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY)]);
    let table = "人员,迟到\n甲,2\n".as_bytes();
    folder
        .run_with("score a.scheme - --input-format csv --format csv", table)
        .ends(0)
        .shows("\n甲,ok,90,");
    folder
        .run_with("score a.scheme - --format csv", table)
        .ends(2)
        .says("--input-format");
    folder
        .run_with("score - - --input-format csv", table)
        .ends(2)
        .says("once only");
}

fn long_table(rows: usize) -> String {
    let mut table = "人员,迟到\n".to_owned();
    for row in 0..rows {
        table.push_str(&format!("人员{row},{}\n", row % 21));
    }
    table
}

#[test]
fn a_closed_pipe_ends_with_2_and_without_a_word() {
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY), ("a.csv", &long_table(20_000))]);
    let mut child = command(folder.0.path())
        .args(["score", "a.scheme", "a.csv", "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut first).unwrap();
    drop(out);
    let mut told = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut told)
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(2));
    assert!(first.contains("人员0"), "{first}");
    assert_eq!(told, "");
}

#[test]
fn a_long_table_is_scored_row_by_row() {
    // Twenty thousand rows; each 21 of them are late 0 to 20 times, which is 100 down to 0 points.
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY), ("a.csv", &long_table(20_000))]);
    let ran = folder.run("score a.scheme a.csv --format jsonl").ends(0);
    assert_eq!(ran.out.lines().count(), 20_000);
    let last = ran.out.lines().last().unwrap();
    // 19,999 is 21·952 + 7: seven times late.
    assert!(last.contains("\"subject\": \"人员19999\""), "{last}");
    assert!(last.contains("\"total\": \"65\""), "{last}");
    let table = folder.run("score a.scheme a.csv").ends(0);
    table
        .shows("… and 19950 more")
        .says("20000 read: 20000 scored");
}

#[cfg(unix)]
#[test]
fn what_the_system_says_is_told_in_the_language_of_the_run() {
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY), ("a.csv", "人员,迟到\n甲,2\n")]);
    folder
        .run("score a.scheme none.csv")
        .ends(2)
        .says("cannot open none.csv: No such file or directory");
    for command in [
        "--lang zh score a.scheme none.csv",
        "--lang zh check none.scheme",
        "--lang zh score a.scheme a.csv --format csv --output none/b.csv",
    ] {
        let ran = folder.run(command).ends(2);
        assert!(ran.err.contains("没有这个文件或文件夹"), "{}", ran.err);
        assert!(!ran.err.contains("No such"), "{}", ran.err);
    }
}
