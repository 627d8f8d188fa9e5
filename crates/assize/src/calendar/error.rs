//! Why something is no day, no time, no duration, or not in the calendar.

use crate::text::{Words, words};

/// What is wrong with a day, a time or a duration; the caller adds the place and the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub(crate) enum CalendarError {
    /// Not written as a day: `2024-5-1`, `24-05-01`, `2024/05/01`.
    #[error("{}", self.words())]
    NotADay,
    /// Written as a day that no month has: `2023-02-30`.
    #[error("{}", self.words())]
    NoSuchDay,
    /// Not written as a time: `2024-05-01 8:00`, `2024-05-01T08:00Z`.
    #[error("{}", self.words())]
    NotATime,
    /// Written as a time that no day has: `2024-05-01 24:00`.
    #[error("{}", self.words())]
    NoSuchTime,
    /// Not written as a duration: `90`, `1:30`, `30 minutes 2 hours`.
    #[error("{}", self.words())]
    NotADuration,
    /// Finer than a nanosecond: `08:00:00.0000000001`, or a third of a second added to a time.
    #[error("{}", self.words())]
    TooFine,
    /// Before 0001-01-01 or after 9999-12-31.
    #[error("{}", self.words())]
    OutOfCalendar,
}

impl CalendarError {
    /// What is wrong and what to write instead.
    #[must_use]
    pub(crate) fn words(self) -> Words {
        match self {
            Self::NotADay => words!(
                "not a day: write the year with four digits, month and day with two, such as 2024-05-01",
                "不是日期：请写四位年、两位月、两位日，例如 2024-05-01",
            ),
            Self::NoSuchDay => words!(
                "the calendar has no such day: check the month and the day",
                "日历上没有这一天：请核对月和日",
            ),
            Self::NotATime => words!(
                "not a time: write the day and the local time with two digits each, such as 2024-05-01 08:00 or 2024-05-01T08:00:00, without a time zone",
                "不是时刻：请写日期和当地时间，时、分、秒各两位，例如 2024-05-01 08:00 或 2024-05-01T08:00:00，不要带时区",
            ),
            Self::NoSuchTime => words!(
                "the day has no such time: hours run from 00 to 23, minutes and seconds from 00 to 59; midnight is 00:00 of the next day",
                "一天里没有这个时刻：小时为 00 至 23，分、秒为 00 至 59；午夜 24 点请写成次日 00:00",
            ),
            Self::NotADuration => words!(
                "not a duration: write figures with their units, the longest first, such as 2 hours 30 minutes or 90 minutes; months and years have no fixed length",
                "不是时长：请写数字和单位，从大到小，例如 2小时30分钟 或 90分钟（“分”请写作“分钟”）；月和年长短不一，不能作时长",
            ),
            Self::TooFine => words!(
                "finer than a nanosecond: a time holds at most nine places of a second; round the seconds first",
                "比纳秒还细：时刻的秒最多九位小数；请先对秒数取舍",
            ),
            Self::OutOfCalendar => words!(
                "outside the calendar, which runs from 0001-01-01 to 9999-12-31",
                "超出了日历范围（0001-01-01 至 9999-12-31）",
            ),
        }
    }
}
