//! What no text of a bank may say, because an alert says the opposite. The words are matched, never shown.

use rulebase::{AlertIx, Base};

/// What must not be said, by the alert that forbids it.
struct Refused {
    alert: &'static str,
    /// What it is, for whoever wrote the text.
    what: &'static str,
    words: &'static [&'static str],
}

const REFUSED: [Refused; 6] = [
    Refused {
        alert: "no-secrets",
        what: "nobody is to be asked for a PIN, a password, a security code, an SMS code or a full card number",
        words: &[
            "pin",
            "password",
            "passcode",
            "cvv",
            "cvv2",
            "cvc",
            "cvc2",
            "otp",
            "security code",
            "sms code",
            "verification code",
            "one-time code",
            "full card number",
            "密码",
            "安全码",
            "验证码",
            "动态码",
            "完整卡号",
            "全部卡号",
            "卡片背面三位",
        ],
    },
    Refused {
        alert: "money-first",
        what: "whether somebody may pay again is only ours to say, after a look at the record",
        words: &[
            "try again",
            "retry",
            "swipe again",
            "tap again",
            "insert again",
            "pay again",
            "charge again",
            "once more",
            "再刷",
            "重刷",
            "再试",
            "重试",
            "再付",
            "再支付",
            "重新支付",
            "重新付款",
            "重新刷卡",
            "再次刷卡",
            "再次支付",
            "再次付款",
            "再插",
            "重新插卡",
            "多刷",
            "再扣",
        ],
    },
    Refused {
        alert: "nothing-pending",
        what: "nothing is restarted or reset while a payment may be pending",
        words: &[
            "restart",
            "reboot",
            "reset",
            "reinstall",
            "switch off",
            "turn off",
            "重启",
            "重新启动",
            "恢复出厂",
            "初始化",
            "重装",
            "关机",
            "断电",
        ],
    },
    Refused {
        alert: "no-tools",
        what: "nothing goes into the slot, and nobody opens the terminal",
        words: &[
            "screwdriver",
            "tweezers",
            "pliers",
            "pry",
            "knife",
            "open the terminal",
            "螺丝刀",
            "镊子",
            "钳子",
            "撬",
            "拆机",
            "拆开",
            "打开机壳",
        ],
    },
    Refused {
        alert: "no-way-round",
        what: "an amount is not split or changed to get past a limit",
        words: &[
            "split the amount",
            "split the payment",
            "smaller amounts",
            "several payments",
            "拆分金额",
            "拆单",
            "分笔",
            "分几次",
            "分次刷",
            "改小金额",
        ],
    },
    Refused {
        alert: "no-cash-out",
        what: "nothing here helps with sham sales",
        words: &["cash out", "cash-out", "套现", "养卡"],
    },
];

/// What turns a sentence into its opposite. “Never tell anybody your PIN” is welcome.
const NOT: [&str; 17] = [
    "never", "not", "don't", "doesn't", "nobody", "without", "no one", "不要", "不得", "不会",
    "不可", "不能", "请勿", "切勿", "别", "绝不", "禁止",
];

/// What is wrong with a text, if anything.
pub fn wrong(base: &Base, text: &str) -> Option<String> {
    let text = text.to_lowercase().replace('’', "'");
    if text.contains("http:") || text.contains("https:") || text.contains("www.") {
        return Some("a link stands here: it belongs into “links”".into());
    }
    if text.contains(['<', '>']) {
        return Some("texts are plain: expected no “<” and no “>”".into());
    }
    if text.chars().any(char::is_control) {
        return Some("expected one line without control characters".into());
    }
    if longest_number(&text) > 6 {
        return Some("a long number stands here: a telephone number belongs into “hotlines”, a card number nowhere".into());
    }
    let sentences = text.split(['.', '。', '!', '！', '?', '？', ';', '；']);
    let mut open = sentences.filter(|s| !NOT.iter().any(|n| has(s, n)));
    let (refused, word) = open.find_map(|s| {
        REFUSED.iter().find_map(|r| Some((r, r.words.iter().find(|w| has(s, w))?)))
    })?;
    // A rule base without that alert forbids nothing by it.
    AlertIx::find(base, refused.alert)?;
    Some(format!("“{word}” contradicts the alert “{}”: {}", refused.alert, refused.what))
}

/// Whether a text has a word; English ones whole.
fn has(text: &str, word: &str) -> bool {
    if !word.is_ascii() {
        return text.contains(word);
    }
    text.match_indices(word).any(|(at, _)| {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        !letter(text[..at].chars().next_back()) && !letter(text[at + word.len()..].chars().next())
    })
}

/// How many digits stand together, whatever parts them as in a telephone number. Full width counts.
fn longest_number(text: &str) -> usize {
    let (mut longest, mut now) = (0, 0);
    for c in text.chars() {
        match c {
            '0'..='9' | '０'..='９' => now += 1,
            ' ' | '-' | '(' | ')' | '+' | '–' | '－' => {}
            _ => now = 0,
        }
        longest = longest.max(now);
    }
    longest
}
