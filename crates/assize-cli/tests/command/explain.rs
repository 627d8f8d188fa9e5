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

#[test]
fn the_way_to_the_next_grade_is_told() {
    let sample = preset_file("welfare-service-502030", "sample.csv");
    let folder = Folder::new(&[("sample.csv", &sample)]);
    let explain = "explain preset:welfare-service-502030 sample.csv --lang zh";
    // 接待科 has 94 with one complaint of 6 points, 优秀 begins at 95.
    let ran = folder.run(&format!("{explain} --row 接待科 --next-grade"));
    let ran = ran
        .ends(0)
        .shows("接待科\n等次：现为“合格”，上一档为“优秀”\n");
    let ran =
        ran.shows("只变动一项就够的：\n    有效服务投诉减少 1（1 改为 0）：总分 100，等次“优秀”\n");
    ran.shows("单独变动达不到的：当月是否检查（现为 是）、检查发现的问题（现为 0）、");
    let done = "--next-grade --never-less 有效服务投诉";
    folder
        .run(&format!("{explain} --row 接待科 {done}"))
        .ends(0)
        .shows("即使一起变动，也达不到");
    folder
        .run(&format!(
            "{explain} --row 接待科 --next-grade --may-change 有效投诉"
        ))
        .ends(2)
        .says("“有效投诉”不是本方案要填的数、是否项或选项")
        .says("有效服务投诉");
    folder
        .run(&format!("{explain} --row 接待科 --may-change 有效服务投诉"))
        .ends(2)
        .says("--next-grade");
    // What has neither grade nor full marks says so.
    let plain = "scheme plain {\n  input late : count\n  result double = 2 * late\n}\n";
    let folder_of_plain = Folder::new(&[("plain.scheme", plain), ("plain.csv", "late\n3\n")]);
    folder_of_plain
        .run("explain plain.scheme plain.csv --row 2 --next-grade --lost-points")
        .ends(0)
        .shows("gives this subject no grade\nthe scheme has no score with full marks");
    // Who has no result has no way either; it is said why.
    folder
        .run(&format!("{explain} --row 保卫科 --next-grade"))
        .ends(0)
        .shows("保卫科\n不出具结果：不出具考评意见\n");
}

#[test]
fn lost_points_and_what_is_still_possible_are_told() {
    let sample = preset_file("welfare-service-502030", "sample.csv");
    let some = "各单位,当月是否检查,检查发现的问题,有效服务投诉\n资产科,是,3,1\n";
    let folder = Folder::new(&[("sample.csv", &sample), ("some.csv", some)]);
    let explain = "explain preset:welfare-service-502030";
    let ran = folder.run(&format!("{explain} sample.csv --row 维修科 --lost-points"));
    let ran = ran.ends(0).shows("总分: 4 of 100, 96 lost\n");
    ran.shows(
        "  60 lost  服务工作标准执行情况: deduct 1 per 检查发现的问题: 1 × 60 = 60  〔六、2〕\n",
    )
    .shows("  10 given back  服务工作标准执行情况: not below 0: -10 becomes 0");
    // 47 + 4…20 + 24 less 12 for each major complaint.
    let ran = folder.run(&format!(
        "{explain} some.csv --row 资产科 --possible --lang zh"
    ));
    let ran = ran
        .ends(0)
        .shows("尚未填报：客户评价、各档人数、重大服务投诉\n");
    ran.shows("  优秀：已不可能\n  合格：仍有可能，如：")
        .shows("总分：最低 51，");
}
