//! The way of subjects of real schemes and of small ones, calculated by hand.

use super::{Chance, Extent, LostPoints, Movable, NextGrade, Possible, Unanswered, Way};
use crate::input::Subject;
use crate::number::Rational;
use crate::outcome::Outcome;
use crate::prove::Effort;
use crate::scheme::Prepared;
use crate::text::Language;

fn prepared(text: &str) -> Prepared {
    let checked = crate::check(text);
    let scheme = checked.scheme.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    scheme.prepare(Subject::default()).unwrap()
}

fn preset(slug: &str) -> Prepared {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemes");
    prepared(&std::fs::read_to_string(format!("{root}/{slug}/{slug}.scheme")).unwrap())
}

const EFFORT: Effort = Effort { regions: 400 };

fn next(prepared: &Prepared, subject: &Subject) -> NextGrade {
    let all = prepared.next_grade(subject, &Movable::default(), EFFORT);
    all.unwrap().remove(0)
}

fn welfare(issues: u32, level: &str, complaints: u32) -> Subject {
    Subject::new([("inspected", true)])
        .with("issues_found", issues)
        .with("survey_level", level)
        .with("valid_complaints", complaints)
        .with("major_complaints", 0)
}

#[test]
fn look() {
    let scheme = preset("welfare-service-502030");
    for subject in [welfare(0, "很满意", 1), welfare(10, "很满意", 0), welfare(11, "很满意", 0), welfare(4, "一般", 2)] {
        let start = std::time::Instant::now();
        for next in scheme.next_grade(&subject, &Movable::default(), EFFORT).unwrap() {
            println!("{}{}{:?}", next.to_text(Language::Chinese), next.to_text(Language::English), start.elapsed());
        }
        for lost in scheme.lost_points(&subject).unwrap() {
            println!("{}{}", lost.to_text(Language::Chinese), lost.to_text(Language::English));
        }
    }
    let start = std::time::Instant::now();
    let some = Subject::new([("inspected", true)]).with("issues_found", 3).with("valid_complaints", 1);
    println!("{}{:?}", scheme.possible(&some, EFFORT).unwrap().to_text(Language::Chinese), start.elapsed());
    let bank = preset("bank-outlet-service");
    let some = Subject::new([("mystery", 90)]).with("offsite", 85).with("complaint_deduction", 2);
    println!("{}", bank.possible(&some, EFFORT).unwrap().to_text(Language::Chinese));
    for lost in bank.lost_points(&some).unwrap() {
        println!("{}", lost.to_text(Language::Chinese));
    }
}

/// Every example of every preset, against all values near what it has.
#[test]
fn sweep() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemes");
    let mut slugs: Vec<String> = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_str().unwrap().to_owned())
        .collect();
    slugs.sort();
    let (mut compared, mut undecided) = (0, 0);
    for slug in slugs {
        if std::env::var("ONLY").is_ok_and(|only| only != slug) {
            continue;
        }
        let text = std::fs::read_to_string(format!("{root}/{slug}/{slug}.scheme")).unwrap();
        let beside = |slug: &str| {
            let text = std::fs::read_to_string(format!("{root}/{slug}/{slug}.scheme")).ok()?;
            crate::check(&text).scheme
        };
        let Some(scheme) = crate::Checker::new().beside(&beside).check(&text).scheme else {
            continue;
        };
        for example in &scheme.model().examples {
            let start = std::time::Instant::now();
            let prepared = scheme.prepare(Subject::default()).unwrap();
            let subject = &example.given;
            let Outcome::Ok(scored) = prepared.evaluate(subject) else {
                continue;
            };
            for lost in prepared.lost_points(subject).unwrap() {
                let sum = lost.entries.iter().fold(Rational::ZERO, |sum, own| sum + &own.points);
                assert_eq!(sum, &lost.full - &lost.value, "{slug}: {lost:?}");
            }
            let next = prepared.next_grade(subject, &Movable::default(), EFFORT).unwrap();
            for grade in &next {
                for single in &grade.single {
                    let is_undecided = single.way == Way::Undecided;
                    compared += 1;
                    undecided += u32::from(is_undecided);
                    if is_undecided {
                        println!("{slug} {:?} undecided {}", example.label, single.datum.of.name);
                    }
                }
                if grade.smallest == Way::Undecided {
                    println!("{slug} {:?} undecided altogether", example.label);
                }
                if let Way::By(change) = &grade.smallest && !change.is_smallest {
                    println!("{slug} {:?} not proved smallest\n{}", example.label, grade.to_text(Language::Chinese));
                }
            }
            let took = start.elapsed();
            if took.as_millis() > 300 {
                println!("{slug} {:?} {took:?}", example.label);
            }
            let _ = scored;
        }
    }
    println!("{compared} compared, {undecided} undecided");
}
