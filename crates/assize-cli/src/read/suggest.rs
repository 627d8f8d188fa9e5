//! The nearest known heading to one that is unknown, for a "did you mean".
//!
//! Only a suggestion: no reader ever acts on it. Long headings are not compared, so that hostile
//! ones cost nothing.

const LONGEST: usize = 48;

/// The candidate nearest to `text`, if one is near: at most one sign in three differs.
pub fn nearest<'a>(text: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let signs: Vec<char> = text.chars().take(LONGEST.saturating_add(1)).collect();
    if signs.len() > LONGEST {
        return None;
    }
    candidates
        .filter_map(|candidate| {
            let length = candidate.chars().count();
            if length > LONGEST {
                return None;
            }
            let distance = distance(&signs, candidate);
            (distance <= length.max(signs.len()) / 3).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many signs must be changed, added or left out (Levenshtein).
fn distance(from: &[char], to: &str) -> usize {
    let mut row: Vec<usize> = (0..=from.len()).collect();
    for (line, sign) in to.chars().enumerate() {
        let mut diagonal = line;
        let mut left = line.saturating_add(1);
        let mut next = vec![left];
        for (above, other) in row.iter().skip(1).zip(from) {
            let changed = diagonal.saturating_add(usize::from(*other != sign));
            diagonal = *above;
            left = changed
                .min(above.saturating_add(1))
                .min(left.saturating_add(1));
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_of_known_pairs() {
        for (from, to, expected) in [
            ("kitten", "sitting", 3),
            ("", "abc", 3),
            ("abc", "", 3),
            ("服务态度", "服务太度", 1),
            ("same", "same", 0),
        ] {
            let signs: Vec<char> = from.chars().collect();
            assert_eq!(distance(&signs, to), expected, "{from} {to}");
        }
    }

    #[test]
    fn only_a_near_heading_is_suggested() {
        let known = ["valid_complaints", "服务态度"];
        assert_eq!(
            nearest("valid_complaint", known.into_iter()),
            Some("valid_complaints")
        );
        assert_eq!(nearest("服务太度", known.into_iter()), Some("服务态度"));
        assert_eq!(nearest("备注", known.into_iter()), None);
    }
}
