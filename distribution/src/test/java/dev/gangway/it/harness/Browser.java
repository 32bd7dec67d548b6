package dev.gangway.it.harness;

import dev.gangway.conformance.peer.Await;
import java.io.File;
import java.util.List;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A headless Chromium with a profile of its own; elements are named by CSS selectors. */
public final class Browser implements AutoCloseable {
    private final TempFolder profile;
    private final ChromeDriver driver;
    private final String site;

    private Browser(TempFolder profile, ChromeDriver driver, String site) {
        this.profile = profile;
        this.driver = driver;
        this.site = site;
    }

    /** Starts the browser for the pages of a site, which is given as scheme, host and port. */
    public static Browser start(String site) {
        TempFolder profile = TempFolder.create("browser");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                .build();
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile.path());
        return new Browser(profile, new ChromeDriver(service, options), site);
    }

    public void open(String path) {
        driver.get(site + path);
    }

    /** The visible text of the first such element. */
    public String text(String selector) {
        return find(selector).getText();
    }

    public int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    public void click(String selector) {
        find(selector).click();
    }

    public void type(String selector, String text) {
        find(selector).sendKeys(text);
    }

    /** Types into a field that has a text already. */
    public void retype(String selector, String text) {
        find(selector).clear();
        type(selector, text);
    }

    public void awaitText(String selector, String text) {
        Await.until(selector + " shows " + text, () -> text(selector).contains(text));
    }

    /** What the console has of errors: of scripts, and of what could not be loaded. */
    public List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("/favicon.ico"))
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
        profile.close();
    }

    private WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }
}
