use serde::{Deserialize, Serialize};

/// A calendar day, without time or zone. It orders by time.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Date {
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl std::fmt::Display for Date {
    /// ISO 8601, `2027-11-01`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl std::str::FromStr for Date {
    type Err = String;

    /// Reads `2027-11-01`; says what it expected otherwise.
    fn from_str(s: &str) -> Result<Date, String> {
        let wrong = || format!("“{s}” is no date: expected YYYY-MM-DD, such as 2027-11-01");
        let mut parts = s.split('-').map(|p| p.parse::<u16>());
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(Ok(year)), Some(Ok(month)), Some(Ok(day)), None)
                if (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day) =>
            {
                Ok(Date { year, month: month as u8, day: day as u8 })
            }
            _ => Err(wrong()),
        }
    }
}

fn days_in(year: u16, month: u16) -> u16 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}
