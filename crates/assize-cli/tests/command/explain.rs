//! `explain`.

use super::{Folder, PUNCTUALITY, preset_file};

#[test]
fn a_result_is_explained_by_the_subject_or_its_row() {
    let sample = preset_file("welfare-service-502030", "sample.csv");
    let folder = Folder::new(&[("sample.csv", &sample)]);
    // 膳食科 stands in line 3: two issues, and 3, 2 and 1 opinions of 20, 16 and 12 points.
    for row in ["膳食科", "3"] {
        let arguments =
            format!("explain preset:welfare-service-502030 sample.csv --row {row} --lang zh");
        let ran = folder.run(&arguments).ends(0);
        assert!(ran.out.starts_with("膳食科\n"), "{}", ran.out);
        let ran = ran.shows("服务工作标准执行情况  48 / 50  〔六、2〕");
        ran.shows("客户满意度调查  52/3 ").shows("总分  286/3 ");
    }
}

#[test]
fn every_row_of_a_subject_is_explained() {
    let table = "人员,周期,迟到\n甲,2024-01,1\n乙,2024-01,0\n甲,2024-02,三\n";
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY), ("a.csv", table)]);
    let ran = folder.run("explain a.scheme a.csv --row 甲").ends(1);
    let ran = ran.shows("甲  2024-01\n").shows("出勤  95 / 100");
    ran.shows("甲  2024-02\n")
        .shows("refused: a.csv, line 4, column C (迟到): ");
    folder
        .run("explain a.scheme a.csv --row 3")
        .ends(0)
        .shows("乙  2024-01");
}

#[test]
fn a_row_that_is_not_there_ends_with_2() {
    let folder = Folder::new(&[
        ("a.scheme", PUNCTUALITY),
        ("a.csv", "人员,迟到\n城东支行营业部,1\n"),
    ]);
    folder
        .run("explain a.scheme a.csv --row 城东支行营业")
        .ends(2)
        .says("none of the 1 rows is `城东支行营业`")
        .says("Did you mean `城东支行营业部`?");
    folder.run("explain a.scheme a.csv").ends(2).says("--row");
}

#[test]
fn a_code_has_a_page() {
    let folder = Folder::new(&[]);
    folder
        .run("explain weights-not-whole")
        .ends(0)
        .shows("# weights-not-whole (error)");
    folder
        .run("explain weights-not-whole --lang zh")
        .ends(0)
        .shows("# weights-not-whole (错误)");
    folder
        .run("explain weights-not-hole")
        .ends(2)
        .says("Did you mean `weights-not-whole`?");
}
