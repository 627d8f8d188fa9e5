//! `check`.

use super::{Folder, PUNCTUALITY};

/// 50 and 45 of 100 %.
const GAP: &str = r#"scheme gap "权重" {
    assesses shop "门店" every month
    input a "甲", b "乙" : points 0..100
    group all "全部" cite "一" {
        50% of a
        45% of b
    }
}
"#;

fn gap() -> Folder {
    Folder::new(&[("gap.scheme", GAP)])
}

#[test]
fn a_clean_scheme_ends_with_0_and_nothing_on_standard_output() {
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY)]);
    let ran = folder.run("check a.scheme --output-format concise").ends(0);
    assert_eq!(ran.out, "");
    assert_eq!(ran.err, "no findings in 1 file\n");
    folder
        .run("check preset:welfare-service-502030")
        .ends(0)
        .says("in 1 file");
}

#[test]
fn weights_of_95_are_refused_with_their_place_and_sum() {
    let ran = gap().run("check gap.scheme").ends(1);
    let ran = ran.shows("error[weights-not-whole]").shows("95");
    ran.shows("--> gap.scheme:4:5").says("1 error in 1 file");
    let ran = gap().run("check gap.scheme --lang zh").ends(1);
    ran.shows("错误[weights-not-whole]")
        .says("1 个文件，1 个错误");
}

#[test]
fn each_format_names_the_finding() {
    let run = |format: &str| {
        let arguments = format!("check gap.scheme --output-format {format}");
        gap().run(&arguments).ends(1)
    };
    let concise = run("concise");
    assert!(
        concise
            .out
            .starts_with("gap.scheme:4:5: error[weights-not-whole]: "),
        "{}",
        concise.out
    );
    let json = run("json").json();
    assert_eq!(json["findings"][0]["code"], "weights-not-whole");
    assert_eq!(json["findings"][0]["start"]["line"], 4);
    assert_eq!(json["summary"]["errors"], 1);
    let sarif = run("sarif").json();
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(
        sarif["runs"][0]["results"][0]["ruleId"],
        "weights-not-whole"
    );
    run("junit").shows("failures=\"1\"").shows("<failure ");
    run("github").shows("::error file=gap.scheme,line=4,");
}

#[test]
fn colours_come_only_when_asked_for() {
    let plain = gap().run("check gap.scheme").ends(1);
    assert!(!plain.out.contains('\u{1b}'), "{}", plain.out);
    gap()
        .run("check gap.scheme --color always")
        .ends(1)
        .shows("\u{1b}[");
}

#[test]
fn warnings_fail_when_asked_to() {
    let uncited = PUNCTUALITY.replace(" cite \"三\"", "");
    let folder = Folder::new(&[("a.scheme", &uncited)]);
    folder
        .run("check a.scheme")
        .ends(0)
        .shows("warning[citation-missing]");
    folder
        .run("check a.scheme --fail-level warning")
        .ends(1)
        .says("1 warning");
}

#[test]
fn findings_that_are_left_out_are_counted() {
    gap()
        .run("check gap.scheme --ignore weights-not-whole")
        .ends(0)
        .says("left out by --select or --ignore: 1");
    gap()
        .run("check gap.scheme --select citation-missing,unused")
        .ends(0)
        .says("left out by --select or --ignore: 1");
    gap()
        .run("check gap.scheme --select weights-not-whole")
        .ends(1);
    gap()
        .run("check gap.scheme --ignore weight-not-whole")
        .ends(2)
        .says("Did you mean `weights-not-whole`?");
}

#[test]
fn a_folder_stands_for_the_schemes_below_it_in_order() {
    let folder = Folder::new(&[
        ("s/b.scheme", GAP),
        ("s/a/z.scheme", GAP),
        ("s/.hidden/x.scheme", GAP),
        ("s/notes.txt", "x"),
    ]);
    let ran = folder.run("check s --output-format concise").ends(1);
    let paths: Vec<&str> = ran
        .out
        .lines()
        .filter_map(|line| line.split(':').next())
        .collect();
    assert_eq!(paths, ["s/a/z.scheme", "s/b.scheme"]);
    folder
        .run("check s s/b.scheme")
        .ends(1)
        .says("2 errors in 2 files");
}

#[test]
fn quotations_are_looked_for_in_the_document_beside_the_scheme() {
    let quoting = PUNCTUALITY.replace("cite \"三\"", "cite \"三\" says \"九十分以上合格\"");
    let folder = Folder::new(&[("a.scheme", &quoting)]);
    folder.run("check a.scheme").ends(0);
    folder.write("source.md", "> 九十分 以上合格\n");
    folder.run("check a.scheme").ends(0);
    folder.write("source.md", "> 八十分以上合格\n");
    folder
        .run("check a.scheme")
        .ends(1)
        .shows("error[quotation-not-found]");
}

#[test]
fn standard_input_and_files_that_are_not_text() {
    let folder = gap();
    folder
        .run_with("check - --output-format concise", GAP.as_bytes())
        .ends(1)
        .shows("-:4:5: error[weights-not-whole]");
    folder.write("gbk.scheme", b"scheme a \"\xc1\xf5\" {\n}\n");
    folder
        .run("check gbk.scheme")
        .ends(2)
        .says("gbk.scheme is not UTF-8 text (byte 10)");
}

#[test]
fn a_text_beyond_the_limit_is_a_finding() {
    let folder = Folder::new(&[]);
    folder.write("long.scheme", "扣".repeat(4 << 20));
    let ran = folder
        .run("check long.scheme --output-format concise")
        .ends(1);
    assert!(ran.out.len() < 1000, "{}", ran.out.len());
}
