//! The way of subjects of real schemes and of small ones, calculated by hand; and every example of
//! the presets against all data near what it has, tried one by one.

#![expect(clippy::arithmetic_side_effects, reason = "small figures of tests")]

use super::{Chance, Extent, Movable, NextGrade, Single, Unanswered, Way};
use crate::input::{Given, Subject};
use crate::number::Rational;
use crate::outcome::{Outcome, ResultValue};
use crate::prove::Effort;
use crate::scheme::{Prepared, Scheme};
use crate::text::Language;

const EFFORT: Effort = Effort { regions: 400 };
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemes");

fn prepared(text: &str) -> Prepared {
    let checked = crate::check(text);
    let scheme = checked
        .scheme
        .unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    scheme.prepare(Subject::default()).unwrap()
}

fn preset(slug: &str) -> Prepared {
    prepared(&std::fs::read_to_string(format!("{ROOT}/{slug}/{slug}.scheme")).unwrap())
}

fn next(prepared: &Prepared, subject: &Subject) -> NextGrade {
    only(prepared, subject, &Movable::default())
}

fn only(prepared: &Prepared, subject: &Subject, movable: &Movable) -> NextGrade {
    let all = prepared.next_grade(subject, movable, EFFORT);
    all.unwrap().remove(0)
}

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(|&name| name.to_owned()).collect()
}

/// What the way of a datum is: its old and its new value, or why there is none.
fn way(next: &NextGrade, name: &str) -> String {
    let single = next.single.iter().find(|own| own.datum.of.name == name);
    short(&single.unwrap().way)
}

fn short(way: &Way) -> String {
    match way {
        Way::None => "none".to_owned(),
        Way::Undecided => "undecided".to_owned(),
        Way::By(change) => {
            let moves = change.moves.iter().map(|own| {
                let beyond = own.beyond.as_ref().map(|own| format!(" beyond {own}"));
                let beyond = beyond.unwrap_or_default();
                format!("{} {} to {}{beyond}", own.of.name, own.from.en, own.to.en)
            });
            let sure = if change.is_smallest { "" } else { " unproved" };
            format!("{}{sure}", moves.collect::<Vec<_>>().join(", "))
        }
    }
}

fn welfare(issues: u32, level: &str, complaints: u32) -> Subject {
    Subject::new([("inspected", true)])
        .with("issues_found", issues)
        .with("survey_level", level)
        .with("valid_complaints", complaints)
        .with("major_complaints", 0)
}

#[test]
fn one_complaint_excludes_the_best_grade() {
    let scheme = preset("welfare-service-502030");
    // 50 + 20 + 24 = 94: without the complaint 100, and nothing else has anything left to gain.
    let ahead = next(&scheme, &welfare(0, "很满意", 1));
    assert_eq!(ahead.grade.value.en, "合格");
    assert_eq!(ahead.next.as_deref(), Some("优秀"));
    assert_eq!(way(&ahead, "valid_complaints"), "valid_complaints 1 to 0");
    for other in [
        "inspected",
        "issues_found",
        "survey_level",
        "major_complaints",
    ] {
        assert_eq!(way(&ahead, other), "none", "{other}");
    }
    assert_eq!(short(&ahead.smallest), "valid_complaints 1 to 0");
    let told = ahead.to_text(Language::Chinese);
    let line = "  只变动一项就够的：\n    有效服务投诉减少 1（1 改为 0）：总分 100，等次“优秀”\n";
    assert!(told.contains(line), "{told}");
    // What has happened is not undone: then there is no way, proved.
    let done = Movable {
        never_less: names(&["有效服务投诉"]),
        ..Movable::default()
    };
    let ahead = only(&scheme, &welfare(0, "很满意", 1), &done);
    assert_eq!(way(&ahead, "valid_complaints"), "none");
    assert_eq!(ahead.smallest, Way::None);
    let told = ahead.to_text(Language::Chinese);
    assert!(told.contains("即使一起变动，也达不到"), "{told}");
}

#[test]
fn from_89_one_issue_is_enough_and_from_90_five() {
    let scheme = preset("welfare-service-502030");
    let ahead = next(&scheme, &welfare(11, "很满意", 0));
    assert_eq!(short(&ahead.smallest), "issues_found 11 to 10");
    let ahead = next(&scheme, &welfare(10, "很满意", 0));
    assert_eq!(short(&ahead.smallest), "issues_found 10 to 5");
    let best = next(&scheme, &welfare(5, "很满意", 0));
    assert_eq!((best.next, best.single.len()), (None, 0));
}

/// 46 + 12 + 18 = 76, and 90 are needed: without complaints 88, with the best opinion 84, without
/// issues 80. Of two together: one complaint less and the best opinion give 90 and cost 1/2 + 2/4;
/// no complaint and one level 92 for 1 + 1/4; no complaint and two issues less 90 for 1 + 1/2.
#[test]
fn only_a_joint_change_helps() {
    let scheme = preset("welfare-service-502030");
    let ahead = next(&scheme, &welfare(4, "一般", 2));
    assert!(ahead.single.iter().all(|single| single.way == Way::None));
    assert_eq!(
        short(&ahead.smallest),
        "survey_level 一般 to 很满意, valid_complaints 2 to 1"
    );
    let Way::By(change) = &ahead.smallest else {
        panic!("it is reached")
    };
    assert_eq!(change.size, Rational::ONE);
    // The data after the change are scored so.
    let Outcome::Ok(scored) = scheme.evaluate(&change.subject) else {
        panic!("it is scored")
    };
    assert_eq!(scored.results["total"].to_string(), "90");
}

const BANDS: &str = r#"
scheme bands "分档" {
    out of 100
    input rate "满意率" : points 0..100
    input calls "接通率" : points 0..100
    input late "超时" : count, lower is better
    item satisfaction "满意" out of 60 cite "一" {
        score by rate {
            from 90   => 60 cite "一、1"
            from 80   => 40 cite "一、2"
            otherwise => 10 cite "一、3"
        }
    }
    item speed "时效" out of 40 cite "二" {
        score by calls {
            above 95  => 40
            otherwise => 30
        }
        deduct 7 per late cite "二、1"
        not below 20 cite "二、2"
    }
    grade "等次" by total cite "三" {
        from 95   => 好
        from 80   => 中
        otherwise => 差
    }
}
"#;

fn bands(rate: &str, calls: &str, late: u32) -> Subject {
    Subject::new([("rate", rate)])
        .with("calls", calls)
        .with("late", late)
}

#[test]
fn a_band_is_reached_at_its_edge() {
    let scheme = prepared(BANDS);
    // 40 + 30 = 70: 60 + 30 = 90 from a rate of 90 on; 40 + 40 = 80 above 95, of which there is no least.
    let ahead = next(&scheme, &bands("85.5", "95", 0));
    assert_eq!(way(&ahead, "rate"), "rate 85.5 to 90");
    let calls = way(&ahead, "calls");
    assert!(
        calls.starts_with("calls 95 to ") && calls.ends_with(" beyond 95"),
        "{calls}"
    );
    assert_eq!(way(&ahead, "late"), "none");
    // 60 + 30 = 90, for the best 95 one must pass 95.
    let ahead = next(&scheme, &bands("90", "80", 0));
    assert!(way(&ahead, "calls").ends_with(" beyond 95"));
    assert_eq!(way(&ahead, "rate"), "none");
    let told = ahead.to_text(Language::Chinese);
    assert!(told.contains("接通率高于 95，如 "), "{told}");
    // With one more late case than can be lost, 93: only without it and above 95.
    let ahead = next(&scheme, &bands("95", "99", 1));
    assert_eq!(short(&ahead.smallest), "late 1 to 0");
}

#[test]
fn nothing_helps_where_what_may_change_is_not_enough() {
    let scheme = prepared(BANDS);
    let movable = Movable {
        only: names(&["超时"]),
        ..Movable::default()
    };
    let ahead = only(&scheme, &bands("10", "10", 4), &movable);
    assert_eq!(ahead.single.len(), 1);
    assert_eq!(
        (way(&ahead, "late"), &ahead.smallest),
        ("none".to_owned(), &Way::None)
    );
    let unknown = Movable {
        only: names(&["迟到"]),
        ..Movable::default()
    };
    assert_eq!(
        scheme.next_grade(&bands("10", "10", 4), &unknown, EFFORT),
        Err(Unanswered::NoSuchInput("迟到".to_owned()))
    );
}

/// A share of 2/3 is no decimal: it is passed, never reached.
#[test]
fn what_has_no_decimal_is_passed() {
    let scheme = prepared(
        "scheme s {\n input share : number 0..1\n item a out of 3 {\n score 3 * share\n }\n grade g by a { from 2 => 好, otherwise => 差 }\n}",
    );
    let ahead = next(&scheme, &Subject::new([("share", "0.5")]));
    let way = way(&ahead, "share");
    assert!(
        way.starts_with("share 0.5 to 0.66666666") && way.ends_with(" beyond 2/3"),
        "{way}"
    );
}

fn lost(scheme: &Prepared, subject: &Subject) -> Vec<(String, String, Option<String>)> {
    let all = scheme.lost_points(subject).unwrap().remove(0);
    let sum = all
        .entries
        .iter()
        .fold(Rational::ZERO, |sum, own| sum + &own.points);
    assert_eq!(sum, &all.full - &all.value);
    let told = all
        .entries
        .into_iter()
        .map(|own| (own.points.to_string(), own.of.label, own.article));
    told.collect()
}

fn entry(points: &str, of: &str, article: Option<&str>) -> (String, String, Option<String>) {
    (points.to_owned(), of.to_owned(), article.map(str::to_owned))
}

/// 10 of 60; 30 of 40, less 3 × 7 = 21, of which the floor of 20 gives 11 back.
#[test]
fn lost_points_are_ranked_and_floors_give_back() {
    let scheme = prepared(BANDS);
    assert_eq!(
        lost(&scheme, &bands("70", "90", 3)),
        [
            entry("50", "满意", Some("一、3")),
            entry("21", "时效", Some("二、1")),
            entry("10", "时效", Some("二")),
            entry("-11", "时效", Some("二、2")),
        ]
    );
    let told = scheme.lost_points(&bands("70", "90", 3)).unwrap().remove(0);
    let told = told.to_text(Language::Chinese);
    assert!(
        told.starts_with("总分：满分 100，得 30，失 70\n  失 50  满意："),
        "{told}"
    );
    assert!(
        told.contains("补回 11  时效：最低 20：9 计为 20  〔二、2〕"),
        "{told}"
    );
}

/// The bank's outlet without an inspection on site: the others weigh 50% each. 90 and 85 lose 5 and
/// 7.5, and 2 are deducted: 85.5. Given, the inspection weighs 20%: 36 + 34 − 2 = 68 and up to 88.
#[test]
fn a_missing_inspection_leaves_a_range() {
    let scheme = preset("bank-outlet-service");
    let some = Subject::new([("mystery", 90)])
        .with("offsite", 85)
        .with("complaint_deduction", 2);
    assert_eq!(
        lost(&scheme, &some),
        [
            entry("7.5", "总行非现场监控检查得分", Some("第五条（一）")),
            entry("5", "神秘人暗访得分", Some("第五条（一）")),
            entry("2", "总分", Some("第五条（一）")),
        ]
    );
    let possible = scheme.possible(&some, EFFORT).unwrap();
    assert_eq!(possible.missing.len(), 1);
    let total = &possible.totals[0];
    assert!(
        matches!(&total.least, Extent::At(value, data) if *value == 68_i64.into() && data[0].value.en == "0")
    );
    assert!(matches!(&total.greatest, Extent::At(value, _) if *value == 88_i64.into()));
    // Without any inspection there is no result yet; 0..100 less 2 are possible.
    let none = Subject::new([("complaint_deduction", 2)]);
    let total = scheme.possible(&none, EFFORT).unwrap().totals.remove(0);
    assert!(
        matches!(&total.least, Extent::At(value, _) if *value == (-2_i64).into()),
        "{total:?}"
    );
    assert!(
        matches!(&total.greatest, Extent::At(value, _) if *value == 98_i64.into()),
        "{total:?}"
    );
    // And without the deduction, which has no end, there is no least.
    let open = Subject::new([("mystery", 90)]);
    let total = scheme.possible(&open, EFFORT).unwrap().totals.remove(0);
    assert_eq!(total.least, Extent::Endless);
}

/// 47 for the issues, 4 to 20 for the opinion, 24 less 12 for each major complaint: 51 to 91.
#[test]
fn some_grades_are_ruled_out() {
    let scheme = preset("welfare-service-502030");
    let some = Subject::new([("inspected", true)])
        .with("issues_found", 3)
        .with("valid_complaints", 1);
    let possible = scheme.possible(&some, EFFORT).unwrap();
    let chances: Vec<bool> = possible.grades[0]
        .levels
        .iter()
        .map(|(_, chance)| match chance {
            Chance::With(_) => true,
            Chance::Never => false,
            Chance::Undecided => panic!("{possible:?}"),
        })
        .collect();
    assert_eq!(chances, [false, true, true]);
    let total = &possible.totals[0];
    assert!(matches!(&total.least, Extent::At(value, _) if *value == 51_i64.into()));
    assert!(matches!(&total.greatest, Extent::At(value, _) if *value == 91_i64.into()));
    let wrong = some.with("major_complaints", "x");
    assert!(matches!(
        scheme.possible(&wrong, EFFORT),
        Err(Unanswered::NotScored(_))
    ));
}

fn all_presets() -> Vec<(String, Scheme)> {
    let read = |slug: &str| std::fs::read_to_string(format!("{ROOT}/{slug}/{slug}.scheme")).ok();
    let beside = |slug: &str| crate::check(&read(slug)?).scheme;
    let mut slugs: Vec<String> = std::fs::read_dir(ROOT)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_str().unwrap().to_owned())
        .collect();
    slugs.sort();
    let scheme = |slug: String| {
        let text = read(&slug)?;
        let scheme = crate::Checker::new().beside(&beside).check(&text).scheme?;
        Some((slug, scheme))
    };
    slugs.into_iter().filter_map(scheme).collect()
}

/// The place of a result among the levels of its grade, the best being 0.
fn level(scheme: &Scheme, scored: &crate::outcome::Scored, name: &str) -> Option<usize> {
    let (model, plan) = (scheme.model(), scheme.plan());
    let (planned, _, best_first) = super::grades(model, plan)
        .into_iter()
        .find(|(planned, ..)| super::named(model, planned).name == name)?;
    let crate::model::Type::Option(scale) = model.figure(planned.figure)?.of else {
        return None;
    };
    let options = &model.scale(scale)?.options;
    let own = scored.get(name).and_then(ResultValue::as_text)?;
    let place = options.iter().position(|option| option.shown() == own)?;
    Some(if best_first {
        place
    } else {
        options.len() - 1 - place
    })
}

/// The least step by which a whole figure reaches a better level, by trying one after the other.
fn tried(
    prepared: &Prepared,
    subject: &Subject,
    grade: &NextGrade,
    single: &Single,
) -> Option<i64> {
    let name = &single.datum.of.name;
    let now: i64 = single.datum.value.en.parse().ok()?;
    let scheme = prepared.scheme();
    let Outcome::Ok(scored) = prepared.evaluate(subject) else {
        return None;
    };
    let own = level(scheme, &scored, &grade.grade.of.name)?;
    for far in 1..=120 {
        let input = scheme
            .model()
            .inputs
            .iter()
            .find(|input| input.path.join(".") == *name)?;
        let ways: &[i64] = match input.better {
            Some(crate::syntax::Better::Lower) => &[-1],
            Some(crate::syntax::Better::Higher) => &[1],
            None => &[-1, 1],
        };
        for to in ways.iter().map(|way| now + way * far) {
            let mut other =
                crate::prove::around::in_order(scheme.model(), subject, &Subject::default());
            let path: Vec<String> = name.split('.').map(str::to_owned).collect();
            crate::prove::witness::put(&mut other.values, &path, Given::Number(to.to_string()));
            if let Outcome::Ok(scored) = prepared.evaluate(&other)
                && level(scheme, &scored, &grade.grade.of.name).is_some_and(|level| level < own)
            {
                return Some(far);
            }
        }
    }
    Some(0)
}

/// The examples, and each with one more, or four more, of something that is counted.
fn around(scheme: &Scheme) -> Vec<(String, Subject)> {
    let model = scheme.model();
    let mut all = Vec::new();
    for example in &model.examples {
        let own = crate::prove::around::in_order(model, &example.given, &Subject::default());
        let label = example.label.clone().unwrap_or_default();
        for input in &model.inputs {
            let Some(Given::Number(now)) = crate::prove::report::at(&own, &input.path) else {
                continue;
            };
            let Ok(now) = now.parse::<i64>() else {
                continue;
            };
            for more in [1, 4] {
                let mut other = own.clone();
                let to = Given::Number((now + more).to_string());
                crate::prove::witness::put(&mut other.values, &input.path, to);
                all.push((format!("{label} {} +{more}", input.called.key), other));
            }
        }
        all.push((label, own));
    }
    all
}

/// Whole figures of all examples, moved by up to 120 either way.
#[test]
fn the_least_change_is_what_trying_finds() {
    let (mut compared, mut reached) = (0, 0);
    for (slug, scheme) in all_presets() {
        let prepared = scheme.prepare(Subject::default()).unwrap();
        for (label, subject) in around(&scheme) {
            let subject = &subject;
            let Outcome::Ok(_) = prepared.evaluate(subject) else {
                continue;
            };
            for all in prepared.lost_points(subject).unwrap() {
                let points = all.entries.iter().map(|own| own.points.clone());
                let sum = points.fold(Rational::ZERO, |sum, own| sum + own);
                assert_eq!(sum, &all.full - &all.value, "{slug}: {all:?}");
            }
            let ahead = prepared.next_grade(subject, &Movable::default(), EFFORT);
            for grade in ahead.unwrap() {
                for single in &grade.single {
                    let name = &single.datum.of.name;
                    let counts = scheme.model().inputs.iter().any(|input| {
                        input.path.join(".") == *name && input.of == crate::model::Type::Count
                    });
                    if !counts {
                        continue;
                    }
                    let Some(found) = tried(&prepared, subject, &grade, single) else {
                        continue;
                    };
                    compared += 1;
                    let about = format!("{slug} {label} {name}");
                    match &single.way {
                        Way::By(change) => {
                            reached += 1;
                            let by = change.moves[0].by.as_ref().unwrap().abs();
                            assert!(change.is_smallest, "{about}");
                            assert!(by == found.into() || by > 120_i64.into(), "{about}: {by}");
                        }
                        Way::None => assert_eq!(found, 0, "{about}"),
                        Way::Undecided => panic!("{about}"),
                    }
                }
            }
        }
    }
    println!("{compared} compared, {reached} reached");
    assert!(
        compared > 100 && reached > 20,
        "{compared} compared, {reached} reached"
    );
}

/// Every example without one of its data: what it came to is among what is possible.
#[test]
fn what_came_out_was_possible_before() {
    let (mut asked, mut undecided) = (0, 0);
    for (slug, scheme) in all_presets() {
        let model = scheme.model();
        for example in model.examples.iter().take(4) {
            let prepared = scheme.prepare(Subject::default()).unwrap();
            let Outcome::Ok(scored) = prepared.evaluate(&example.given) else {
                continue;
            };
            // What has a default counts as that, and is not missing.
            let inputs = model.inputs.iter();
            for input in inputs.filter(|input| !input.parameter && input.default.is_none()) {
                let whole =
                    crate::prove::around::in_order(model, &example.given, &Subject::default());
                let mut some = whole.clone();
                crate::prove::witness::put(&mut some.values, &input.path, Given::Nothing);
                if some == whole || crate::prove::report::at(&whole, &input.path).is_none() {
                    continue;
                }
                let about = format!(
                    "{slug} {:?} without {}",
                    example.label,
                    input.path.join(".")
                );
                let possible = match prepared.possible(&some, Effort { regions: 60 }) {
                    Ok(possible) => possible,
                    Err(Unanswered::NotScored(_)) => continue,
                    Err(other) => panic!("{about}: {other:?}"),
                };
                for grade in &possible.grades {
                    let Some(own) = level(&scheme, &scored, &grade.of.name) else {
                        continue;
                    };
                    asked += 1;
                    match &grade.levels[own].1 {
                        Chance::With(_) => {}
                        Chance::Never => panic!("{about}: {grade:?}"),
                        Chance::Undecided => undecided += 1,
                    }
                }
                for total in &possible.totals {
                    let Some(own) = scored.get(&total.of.name).and_then(ResultValue::as_figure)
                    else {
                        continue;
                    };
                    asked += 1;
                    let ends = [(&total.least, 1), (&total.greatest, -1)];
                    for (end, sign) in ends {
                        let sign = Rational::from_integer(sign);
                        match end {
                            Extent::At(end, _) | Extent::Near(end) => {
                                assert!(&sign * end <= &sign * own, "{about}: {total:?}");
                            }
                            Extent::Endless => {}
                            Extent::Nothing => panic!("{about}: {total:?}"),
                            Extent::Undecided(_) => undecided += 1,
                        }
                    }
                }
            }
        }
    }
    println!("{asked} asked, {undecided} undecided");
    assert!(
        asked > 80 && undecided == 0,
        "{asked} asked, {undecided} undecided"
    );
}

/// All ways of several subjects to get better, gone through one by one: issues and complaints fall,
/// and the opinion is any of five.
#[test]
fn the_smallest_joint_change_is_what_trying_finds() {
    let scheme = preset("welfare-service-502030");
    let opinions = ["很满意", "基本满意", "一般", "不太满意", "很不满意"];
    let subject = |data: [i64; 4]| {
        Subject::new([("inspected", true)])
            .with("issues_found", data[0])
            .with("survey_level", opinions[usize::try_from(data[1]).unwrap()])
            .with("valid_complaints", data[2])
            .with("major_complaints", data[3])
    };
    let place = |data: [i64; 4]| {
        let Outcome::Ok(scored) = scheme.evaluate(&subject(data)) else {
            panic!("it is scored")
        };
        level(scheme.scheme(), &scored, "grade").unwrap()
    };
    for now in [
        [4, 2, 2, 0],
        [12, 3, 1, 0],
        [9, 0, 1, 1],
        [55, 4, 6, 3],
        [0, 1, 3, 1],
        [6, 1, 1, 0],
    ] {
        let mut best: Option<(usize, Rational)> = None;
        let own = place(now);
        for issues in 0..=now[0] {
            for opinion in 0..5 {
                for valid in 0..=now[2] {
                    for major in 0..=now[3] {
                        let to = [issues, opinion, valid, major];
                        if place(to) >= own {
                            continue;
                        }
                        let mut size = Rational::ZERO;
                        for (datum, (to, now)) in to.iter().zip(now).enumerate() {
                            let unit = if datum == 1 { 4 } else { now.max(1) };
                            size += Rational::from_ratio((to - now).abs(), unit).unwrap();
                        }
                        let moved = to.iter().zip(now).filter(|(to, now)| *to != now).count();
                        if best
                            .as_ref()
                            .is_none_or(|best| (moved, size.clone()) < *best)
                        {
                            best = Some((moved, size));
                        }
                    }
                }
            }
        }
        let ahead = next(&scheme, &subject(now));
        let Way::By(change) = &ahead.smallest else {
            panic!("{now:?}: {:?}", ahead.smallest)
        };
        assert!(change.is_smallest, "{now:?}");
        assert_eq!(
            Some((change.moves.len(), change.size.clone())),
            best,
            "{now:?}"
        );
    }
}
