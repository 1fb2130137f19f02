//! The app within a bank's page, without a frame: what it shows and tells, and what it leaves alone.

use browser_tests::{Stage, WebDriverResult, Wishes, copy_of_dist, play};
use serde_json::{Value, json};
use server::{Mode, Server};
use std::path::PathBuf;

/// A page with landmarks, headings, links and a look of its own.
fn page(app: &str, name: &str, elements: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("pos-aid-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let page = format!(
        "<!doctype html><html lang=\"fr\"><meta charset=\"utf-8\"><title>Aide</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"host.css\">\
         <script type=\"module\" src=\"host.js\"></script><script type=\"module\" src=\"{app}embed.js\"></script>\
         <header><a href=\"#terms\">Conditions</a></header><main id=\"main\"><h1>Aide</h1>\
         <p><label>Nom <input id=\"app\"></label></p>{elements}<p id=\"terms\">Conditions</p></main></html>"
    );
    std::fs::write(folder.join("index.html"), page).expect("a page");
    let config = json!({ "accent": "#123456", "wrong": 1 });
    std::fs::write(folder.join("config.json"), config.to_string()).expect("a configuration");
    let style = ":root { font-size: 62.5%; } * { letter-spacing: 2px; text-transform: uppercase; }
        a { color: #7a0000; font-size: 30px; } main, header { border: 1px solid; } h1 { font-size: 60px; }
        body { font-family: serif; text-align: center; }";
    std::fs::write(folder.join("host.css"), style).expect("a style sheet");
    let script = "window.heard = []; for (const name of ['ready', 'step', 'outcome', 'error', 'resize'])
        document.addEventListener(`pos-aid:${name}`, (e) => heard.push([e.target.id, name, e.detail]));
        window.inside = (id, what) => document.getElementById(id).shadowRoot.querySelector(what);
        window.heading = (id) => inside(id, '#app h1')?.innerText ?? '';
        window.kept = () => JSON.stringify([location.href, history.length, document.title, document.documentElement.lang,
          document.documentElement.outerHTML.indexOf('data-'), localStorage.length, sessionStorage.length]);";
    std::fs::write(folder.join("host.js"), script).expect("a script");
    folder
}

/// Opens such a page on another site, as a bank's is.
async fn visit(stage: &Stage, name: &str, elements: &str, wasm: bool) -> WebDriverResult<PathBuf> {
    let folder = page(&stage.address, name, elements);
    let mode = Mode::Inline { app: stage.address.trim_end_matches('/').to_string(), wasm };
    let host = Server::bind(&folder, 0, mode).await.expect("a port");
    let address = format!("http://localhost:{}/", host.address.port());
    tokio::spawn(host.run());
    stage.driver.goto(address).await?;
    Ok(folder)
}

fn heard(id: &str, what: &str) -> String {
    format!("return heard.some(([id, name]) => id === '{id}' && name === '{what}')")
}

async fn json_of(stage: &Stage, script: &str) -> WebDriverResult<Value> {
    let text = stage.script(&format!("return JSON.stringify({script} ?? null)")).await?;
    Ok(serde_json::from_str(&text).expect("JSON"))
}

/// Clicks something within an element, and waits until it shows another heading.
async fn leads_on(stage: &Stage, id: &str, what: &str) -> WebDriverResult<String> {
    let before = stage.script(&format!("return heading('{id}')")).await?;
    stage.driver.execute(format!("inside('{id}', \"{what}\").click()"), vec![]).await?;
    let other = format!("return heading('{id}') !== {}", json!(before));
    stage.until("there is another page", &other).await?;
    stage.settled().await?;
    Ok(before)
}

const TWO_AND_A_FRAME: &str = "<pos-aid id=\"one\" mode=\"inline\" lang=\"en\" audience=\"staff\" start=\"card-removal\"></pos-aid>\
    <pos-aid id=\"two\" mode=\"inline\" lang=\"zh-CN\" start=\"cause:chip-dirty\" theme=\"dark\"></pos-aid>\
    <pos-aid id=\"three\" lang=\"en\" start=\"no-connection\"></pos-aid>";

#[test]
fn two_of_them_and_a_frame_leave_the_page_around_alone() {
    play(Wishes { later: vec!["/"], ..Wishes::default() }, async |stage| {
        let folder = visit(stage, "inline", TWO_AND_A_FRAME, true).await?;
        stage.driver.execute("window.scrollTo(0, 0); window.before = kept()", vec![]).await?;
        for id in ["one", "two", "three"] {
            if id != "one" {
                // Elements are opened when they come near.
                let near = format!("document.getElementById('{id}').scrollIntoView()");
                stage.driver.execute(near, vec![]).await?;
            }
            stage.until("it is ready", &heard(id, "ready")).await?;
        }
        let step =
            json_of(stage, "heard.find(([id, name]) => id === 'one' && name === 'step')?.[2]")
                .await?;
        assert_eq!(step, json!({ "page": "case", "id": "card-removal" }));
        assert_eq!(stage.script("return heading('two')").await?, "卡上的芯片脏了");
        let look = "return [...inside('two', '#app').classList].join() + inside('two', '#app').lang +
            getComputedStyle(inside('two', '#app')).colorScheme + getComputedStyle(inside('two', 'h1')).letterSpacing + getComputedStyle(inside('two', '#main')).fontSize";
        assert_eq!(stage.script(look).await?, "guestzh-CNdarknormal17px");

        // A diagnosis up to something final, without a trace in the page around.
        stage.driver.execute("document.querySelector('input').focus()", vec![]).await?;
        let first = stage.script("return heading('one')").await?;
        for _ in 0..12 {
            let next = "#app .choices a, #app .again a, #app a.button";
            leads_on(stage, "one", next).await?;
            if stage.script(&heard("one", "outcome")).await? == "true" {
                break;
            }
        }
        assert_eq!(stage.script(&heard("one", "outcome")).await?, "true");
        assert_eq!(
            stage.script("return kept() === before").await?,
            "true",
            "{}",
            stage.script("return kept() + before").await?
        );
        assert_eq!(
            stage.script("return document.activeElement.id").await?,
            "one",
            "the visitor was led to the new page"
        );
        // Back is the app's own, to the very first page.
        for _ in 0..12 {
            if stage.script("return heading('one')").await? == first {
                break;
            }
            leads_on(stage, "one", "#back").await?;
        }
        assert_eq!(stage.script("return heading('one')").await?, first);
        assert_eq!(stage.script("return kept() === before").await?, "true");

        // The page around leads it elsewhere, and nobody's focus follows.
        stage
            .driver
            .execute(
                "document.querySelector('input').focus();
            document.getElementById('one').start = 'cause:chip-dirty';
            document.getElementById('two').lang = 'en'",
                vec![],
            )
            .await?;
        stage.until("both follow", "return heading('one') === heading('two') && heading('two') === 'The chip on the card is dirty'").await?;
        stage.settled().await?;
        assert_eq!(stage.script("return document.activeElement.id").await?, "app");
        assert_eq!(stage.script("return kept() === before").await?, "true");
        // Readers are looked at on the app's own page only, and what lies beside the app is not beside this page.
        let leads = "const [place] = arguments; const link = document.createElement('a'); link.href = place;
            inside('one', '#app').append(link); let to;
            addEventListener('click', (e) => { to = [link.href, link.target].join(); e.preventDefault(); }, { once: true });
            link.click(); link.remove(); return to";
        for (place, to) in [
            ("#/en/staff/reader", "index.html#/en/staff/reader,_blank"),
            ("en/about/", "en/about/,_blank"),
        ] {
            let led = stage.driver.execute(leads, vec![json!(place)]).await?;
            assert_eq!(led.json(), &json!(format!("{}{to}", stage.address)));
        }
        // What is printed is the app and nothing else.
        stage.driver.execute("const of = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow');
            Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', { get() {
              const view = of.get.call(this);
              if (!this.src && view) view.print = () => { window.printed = [view.document.querySelector('h1').innerText,
                view.getComputedStyle(view.document.querySelector('header')).fontSize, view.document.querySelectorAll('main').length].join(); };
              return view;
            } });
            document.getElementById('one').start = 'guide:payment-fails'", vec![]).await?;
        stage.until("a guide", "return !!inside('one', '#print')").await?;
        stage.driver.execute("inside('one', '#print').click()", vec![]).await?;
        stage
            .until("it is printed", "return window.printed === heading('one') + ',17px,0'")
            .await?;
        assert_eq!(stage.script("return kept() === before").await?, "true");

        let errors = json_of(stage, "heard.filter(([, name]) => name === 'error')").await?;
        assert_eq!(errors, json!([]));
        assert_eq!(stage.axe().await?, Vec::<String>::new());
        let _ = std::fs::remove_dir_all(folder);
        Ok(())
    });
}

#[test]
fn what_is_taken_out_stops_and_what_is_put_back_starts() {
    play(Wishes { later: vec!["/"], ..Wishes::default() }, async |stage| {
        let one =
            "<pos-aid id=\"one\" mode=\"inline\" lang=\"en\" start=\"card-removal\"></pos-aid>";
        let folder = visit(stage, "inline-out", one, true).await?;
        stage.until("it is ready", &heard("one", "ready")).await?;
        leads_on(stage, "one", "#app .choices a").await?;
        stage
            .driver
            .execute("window.one = document.getElementById('one'); one.remove()", vec![])
            .await?;
        assert_eq!(
            stage.script("return String(one.shadowRoot.querySelector('#app'))").await?,
            "null"
        );
        stage
            .driver
            .execute("heard.length = 0; document.querySelector('main').append(one)", vec![])
            .await?;
        stage.until("it is ready again", &heard("one", "ready")).await?;
        leads_on(stage, "one", "#app .choices a").await?;
        // As a frame, and as itself again.
        for mode in ["frame", "inline"] {
            stage.driver.execute(format!("heard.length = 0; one.mode = '{mode}'"), vec![]).await?;
            stage.until("it is ready as well", &heard("one", "ready")).await?;
        }
        assert_eq!(
            json_of(stage, "heard.filter(([, name]) => name === 'error')").await?,
            json!([])
        );
        let _ = std::fs::remove_dir_all(folder);
        Ok(())
    });
}

#[test]
fn where_the_page_forbids_programs_a_link_stands_instead() {
    let wishes = Wishes { later: vec!["/"], errors_expected: true, ..Wishes::default() };
    play(wishes, async |stage| {
        let one =
            "<pos-aid id=\"one\" mode=\"inline\" lang=\"en\" start=\"card-removal\"></pos-aid>";
        let folder = visit(stage, "inline-no", one, false).await?;
        stage.until("it says so", &heard("one", "error")).await?;
        let error = json_of(stage, "heard.find(([, name]) => name === 'error')[2]").await?;
        assert_eq!(error, json!({ "code": "failed" }));
        let shown = "return ['loading', 'unsupported', 'not-allowed'].filter((s) => !inside('one', `slot[name=${s}]`).hidden).join()";
        assert_eq!(stage.script(shown).await?, "unsupported");
        let link = "return [inside('one', 'a').hidden, inside('one', 'a').href].join()";
        assert_eq!(
            stage.script(link).await?,
            format!("false,{}index.html#/en/card-removal", stage.address)
        );
        let _ = std::fs::remove_dir_all(folder);
        Ok(())
    });
}

/// In the place of the program that puts a bank's part into the rules: it tells how much of the app was there by then,
/// and its token is a colour.
const BANK: &str = "let given;
    export default async () => {};
    export function open(config, base, host) {
      given = base;
      const wanted = JSON.parse(config);
      if (wanted.broken) throw new Error('broken on purpose');
      const drawn = document.querySelector('div#app')?.childElementCount ?? 0;
      const problems = [{ at: 'wrong', what: `not understood by ${host}` }, { at: `drawn.${drawn}`, what: 'then' }];
      return JSON.stringify({ applied: true, problems, tokens: { '--act': wanted.accent }, hide: [] });
    }
    export const base = () => given;
    export const words = (bytes) => bytes; export const look_up = words; export const look_up_words = words;
    export const problems = () => JSON.stringify([{ at: 'look[0].up', what: 'late' }]);";

#[test]
fn a_configuration_comes_before_the_app_and_can_be_taken_back() {
    let dist = copy_of_dist("bank", |_| true);
    std::fs::write(dist.join("bank.0123456789abcdef.js"), BANK).expect("a script");
    let change = |name: &str, from: &str, to: &str| {
        let text = std::fs::read_to_string(dist.join(name)).expect("a file");
        assert!(text.contains(from), "{name} has no {from}");
        std::fs::write(dist.join(name), text.replacen(from, to, 1)).expect("a file");
    };
    let name = "bank.0123456789abcdef.js";
    let attributes = format!("id=\"boot\" data-bank=\"{name}\" data-bank-wasm=\"{name}\"");
    change("index.html", "id=\"boot\"", &attributes);
    change("inline.js", "\"};", &format!("\",\"bank\":\"{name}\",\"bankWasm\":\"{name}\"}};"));
    let wishes = Wishes {
        later: vec!["/"],
        dist: Some(dist.clone()),
        errors_expected: true,
        ..Wishes::default()
    };
    play(wishes, async |stage| {
        let two = "<pos-aid id=\"one\" mode=\"inline\" lang=\"en\" start=\"card-removal\" config=\"config.json\"></pos-aid>\
            <pos-aid id=\"two\" lang=\"en\" start=\"card-removal\" config=\"config.json\"></pos-aid>";
        let folder = visit(stage, "inline-bank", two, true).await?;
        for id in ["one", "two"] {
            let near = format!("document.getElementById('{id}').scrollIntoView()");
            stage.driver.execute(near, vec![]).await?;
            stage.until("it is ready", &heard(id, "ready")).await?;
            let fields = format!(
                "heard.filter(([id, name]) => id === '{id}' && name === 'error').map(([, , d]) => d)"
            );
            stage.until("all is told", &format!("return {fields}.length >= 3")).await?;
            let field = |name: &str| json!({ "code": "config", "field": name });
            let told = json!([field("wrong"), field("drawn.0"), field("look.0.up")]);
            assert_eq!(json_of(stage, &fields).await?, told, "{id}");
        }
        let colour = "return inside('one', '#app').style.getPropertyValue('--act')";
        assert_eq!(stage.script(colour).await?, "#123456");
        // Taking it back keeps the place, and so does one that breaks the program.
        leads_on(stage, "one", "#app .choices a").await?;
        let here = stage.script("return heading('one')").await?;
        stage.driver.execute("heard.length = 0; one.config = ''", vec![]).await?;
        stage.until("it is taken back", &format!("{colour} === ''")).await?;
        assert_eq!(stage.script("return heading('one')").await?, here);
        std::fs::write(folder.join("config.json"), "{\"broken\":true}").expect("a configuration");
        stage.driver.execute("one.config = 'config.json'", vec![]).await?;
        stage.until("it says so", &heard("one", "error")).await?;
        assert_eq!(
            json_of(stage, "heard.find(([, name]) => name === 'error')[2]").await?,
            json!({ "code": "config" })
        );
        leads_on(stage, "one", "#back").await?;
        let _ = std::fs::remove_dir_all(folder);
        Ok(())
    });
    let _ = std::fs::remove_dir_all(dist);
}

#[test]
fn what_is_typed_is_not_told_and_a_role_that_comes_later_keeps_the_place() {
    let tag = "<pos-aid id=\"one\" mode=\"inline\" lang=\"en\" start=\"card-removal\"></pos-aid>";
    play(Wishes { later: vec!["/"], ..Wishes::default() }, async |stage| {
        let folder = visit(stage, "typed", tag, true).await?;
        stage.until("it is ready", &heard("one", "ready")).await?;
        let asked = stage.script("return heading('one')").await?;
        stage.driver.execute("document.getElementById('one').audience = 'staff'", vec![]).await?;
        let steps = "heard.filter(([, name]) => name === 'step').map(([, , detail]) => detail)";
        let staff = format!("return {steps}.length > 1 && heading('one') !== ''");
        stage.until("it is for staff", &staff).await?;
        assert!(asked.len() > 5 && stage.script("return heading('one')").await?.len() > 5);
        let last = json_of(stage, &format!("{steps}.at(-1)")).await?;
        assert_eq!(last, json!({ "page": "case", "id": "card-removal" }));

        // A search stands in the address, and every change of that is told.
        stage.driver.execute("document.getElementById('one').start = ''", vec![]).await?;
        let box_there = "return inside('one', '#app input') !== null";
        stage.until("the search", box_there).await?;
        let type_in =
            "const box = inside('one', '#app input'); box.focus(); box.value = 'zhangwei';
            box.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))";
        stage.driver.execute(type_in, vec![]).await?;
        leads_on(stage, "one", "#app a.language").await?;
        let found = format!("return {steps}.at(-1).page === 'find'");
        stage.until("the search is told", &found).await?;
        let all = json_of(stage, "heard.map(([, name, detail]) => [name, detail])").await?;
        let told = all.to_string();
        assert!(!told.contains("zhangwei"), "{told}");
        let _ = std::fs::remove_dir_all(folder);
        Ok(())
    });
}
