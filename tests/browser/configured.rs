//! A bank's configuration in the running app: what holds is shown under the bank's name, what contradicts is told by
//! field, and it can come late, change and be taken back.

use browser_tests::{
    Answer, Bank, By, Engine, Stage, WebDriverResult, Wishes, heard, page, play, root,
};
use serde_json::{Value, json};

fn file(name: &str) -> Vec<u8> {
    std::fs::read(root().join(name)).expect("a file")
}

/// A bank's page with one element, and two configurations beside it.
fn bank(stage: &Stage, tag: &str) -> Bank {
    Bank::open([
        ("/", Answer::page(page(&stage.address, "", tag))),
        ("/bank.json", Answer::json(file("docs/embed-examples/bank.json"))),
        ("/broken.json", Answer::json(file("tests/bank/broken.json"))),
    ])
}

fn wishes() -> Wishes {
    Wishes { later: vec!["/"], errors_expected: true, ..Wishes::default() }
}

/// What an inline element shows.
const SHOWN: &str = "document.querySelector('pos-aid').shadowRoot.querySelector('#app')";

async fn shows(stage: &Stage, text: &str) -> WebDriverResult<()> {
    let script = format!("return {SHOWN}?.innerText.includes({})", json!(text));
    stage.until(text, &script).await
}

async fn config(stage: &Stage, address: &str) -> WebDriverResult<()> {
    let set = "document.querySelector('pos-aid').config = arguments[0]";
    stage.driver.execute(set, vec![json!(address)]).await.map(|_| ())
}

#[test]
fn the_bank_stands_under_its_name_and_can_come_late_and_be_taken_back() {
    play(wishes(), async |stage| {
        let tag = "<pos-aid mode='inline' lang='en' config='bank.json'></pos-aid>";
        let host = bank(stage, tag);
        stage.driver.goto(host.address()).await?;
        stage.until("it is ready", &heard("ready", 1)).await?;
        shows(stage, "From Example Bank").await?;
        shows(stage, "The page around this help learns which step is open").await?;
        shows(stage, "+86 10 5550 0100").await?;
        let address = host.address();
        let set_up = "Example Bank set this page up and may have added to or changed its words.";
        shows(stage, &format!("{set_up} · {}", address.trim_end_matches('/'))).await?;
        let colour = format!("return getComputedStyle({SHOWN}.querySelector('.hotlines a')).color");
        assert_eq!(stage.script(&colour).await?, "rgb(31, 63, 143)");
        // Its own code is found by what is typed, with its meaning.
        let one = "document.querySelector('pos-aid')";
        stage.driver.execute(format!("{one}.start = 'code:bank-q7'"), vec![]).await?;
        shows(stage, "The host gave no clear answer in time.").await?;
        // Another language keeps it.
        stage.driver.execute(format!("{one}.lang = 'zh-CN'"), vec![]).await?;
        shows(stage, "主机没有按时给出明确结果。").await?;
        shows(stage, "示例银行商户服务").await?;
        let errors = "return JSON.stringify(heard.filter(([name]) => name === 'error'))";
        assert_eq!(stage.script(errors).await?, "[]");
        // Taken back, nothing of it is left; its code leads nowhere any more.
        config(stage, "").await?;
        stage
            .until("it is gone", &format!("return !{SHOWN}.innerText.includes('主机没有')"))
            .await?;
        stage.driver.execute(format!("{one}.start = 'cause:card-blocked'"), vec![]).await?;
        shows(stage, "这张卡暂时用不了").await?;
        assert_eq!(
            stage.script(&format!("return {SHOWN}.innerText.includes('示例银行')")).await?,
            "false"
        );
        // It comes late, and the place stays.
        config(stage, "bank.json").await?;
        shows(stage, "我行App").await?;
        shows(stage, "这张卡暂时用不了").await
    });
}

#[test]
fn what_contradicts_is_told_by_field_and_left_out() {
    play(wishes(), async |stage| {
        let tag = "<pos-aid mode='inline' lang='en' start='cause:chip-dirty' config='broken.json'></pos-aid>";
        let host = bank(stage, tag);
        stage.driver.goto(host.address()).await?;
        stage.until("it is ready", &heard("ready", 1)).await?;
        stage.until("ten are told", &heard("error", 10)).await?;
        let fields = stage
            .driver
            .execute("return heard.filter(([name]) => name === 'error').map(([, d]) => d)", vec![])
            .await?;
        let fields: Vec<Value> = serde_json::from_value(fields.json().clone()).expect("a list");
        assert!(fields.iter().all(|f| f["code"] == "config"), "{fields:?}");
        assert_eq!(fields[0]["field"], "hotlines.1");
        // The console has them all, word for word; those of the look-up come with it.
        let all = String::from_utf8(file("tests/bank/broken.txt")).expect("text");
        let last = format!("return told.length >= {}", all.lines().count());
        stage.until("all are told", &last).await?;
        let told = stage.script("return told.join('\\n')").await?;
        for line in all.lines() {
            assert!(told.contains(&format!("POS Aid, configuration: {line}")), "{line}\n{told}");
        }
        // Ours stays, the note that warns is added, and nobody is told to try again.
        shows(stage, "Grease or dust").await?;
        shows(stage, "Never tell anybody your PIN.").await?;
        assert_eq!(
            stage
                .script(&format!("return {SHOWN}.innerText.includes('Clean it and try again')"))
                .await?,
            "false"
        );
        Ok(())
    });
}

#[test]
fn a_frame_gets_it_before_its_first_page() {
    play(wishes(), async |stage| {
        let tag = "<pos-aid lang='zh-CN' audience='staff' config='bank.json'></pos-aid>";
        stage.driver.goto(bank(stage, tag).address()).await?;
        stage.until("it is ready", &heard("ready", 1)).await?;
        let errors = stage
            .script("return JSON.stringify(heard.filter(([name]) => name === 'error'))")
            .await?;
        assert_eq!(errors, "[]");
        if stage.engine() != Engine::Chromium {
            // Only Chromium's driver finds the frame in there.
            return Ok(());
        }
        let host = stage.driver.find(By::Css("pos-aid")).await?;
        host.get_shadow_root().await?.find(By::Css("iframe")).await?.enter_frame().await?;
        let text = stage.text().await?;
        assert!(text.contains("示例银行提供的内容") && text.contains("+86 10 5550 0200"), "{text}");
        let complaints = stage.axe().await?;
        assert!(complaints.is_empty(), "{complaints:?}");
        Ok(())
    });
}
