package dev.gangway.it.hostile;

import dev.gangway.it.harness.RawRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A file of a web server, by the way in which a security constraint of the application names it. */
enum GuardedFile {
    /** By {@code /folder/*}. */
    PREFIX("file.txt"),
    /** By its path. */
    EXACT("file.txt"),
    /** By {@code *.secret}. */
    EXTENSION("file.secret");

    /** All are below. */
    static final String FOLDER = "/members/check";

    private static final List<String> BEFORE = List.of(
            "/",
            "//",
            "/.",
            "/..",
            "/;",
            "/;x",
            "/%2e",
            "/%2f",
            "/%5c",
            "\\",
            "/x/..",
            "/x/../..",
            "/x/%2e%2e",
            "/x/..%2f..",
            "/public/file.txt/..",
            "/x;/..",
            "/x%3f/..",
            "/x%23/..",
            "/x%00/..",
            "HTTP://" + RawRequest.HOST,
            "http://" + RawRequest.HOST + "/",
            "http://" + RawRequest.HOST + ":80",
            "http://elsewhere",
            "http://x@" + RawRequest.HOST,
            "http:/",
            "http://",
            "x://y");

    private static final List<String> BEHIND = List.of(
            "/x",
            "/x.html",
            "/",
            "//",
            "/.",
            "/..",
            "/../file.txt",
            "/../public",
            "/x/..",
            "/x/../..",
            "/%2e",
            "/%2e%2e",
            "/;",
            "/;x",
            "/%20",
            "/%00",
            "/%2f",
            "%2f",
            "%2fx",
            "%5c",
            "\\",
            "%",
            "%0",
            "%zz",
            "%3b",
            "%3bx",
            "%3fx",
            "%3f/x",
            "%23x",
            "%23/x",
            "?x",
            "?/x",
            "#x",
            "#/x",
            "/?x",
            "/#x",
            ";x=y",
            ";/x",
            ";x/y",
            ";jsessionid=1/x",
            ";jsessionid=1?x",
            "%0a",
            "%09",
            "%20x",
            "+",
            "~",
            ".html",
            "::$DATA",
            "%c0%af",
            "%e2%80%8b",
            "*",
            "&x");

    /** Between the folder and the file. */
    private static final List<String> WAYS = List.of(
            "//",
            "/./",
            "/.//",
            "//.",
            "/x/..",
            "/x//../..",
            "//..//check",
            "/../check",
            "/../../members/check",
            "/..//check",
            "/%2e%2e/check",
            "/public/..",
            "/public;/..",
            "/public;x=/..",
            "/;/..",
            "/;x/..",
            "/x/;/../..",
            "/;/../x/..",
            "//../check",
            "//../check/x/..",
            "/x%2f..",
            "/x/..%2f",
            "/x/..%2f..",
            "/x/..;/..",
            "/public/file.txt/../..",
            "/public/file.txt;/../..",
            "/public/file.txt?/../..",
            "/public/file.txt%3f/../..",
            "/public/file.txt#/../..",
            "/public/file.txt%23/../..",
            "/public/file.txt%00/../..",
            "/public/file.txt%3b/../..",
            "/%70ublic/..",
            "/%3b/..",
            "/%3f/..",
            "/%23/..",
            "/%25/..",
            "/%2500/..",
            "/%252e%252e/..",
            "/%c0%ae/..",
            "/%ff/..",
            "/ä/..");

    private final String folder = FOLDER + "/" + name().toLowerCase();
    private final String file;

    GuardedFile(String file) {
        this.file = file;
    }

    String folder() {
        return folder;
    }

    String path() {
        return folder + "/secret/" + file;
    }

    /** How the path may be written. */
    Set<String> targets() {
        Set<String> targets = new LinkedHashSet<>();
        for (String target : PathConfusionIT.TARGETS) {
            if (target.contains("file.txt")) {
                targets.add(below(target).replace("file.txt", file));
            }
        }
        for (String before : BEFORE) {
            targets.add(before + path());
        }
        for (String behind : BEHIND) {
            targets.add(path() + behind);
        }
        for (String way : WAYS) {
            targets.add(FOLDER + way + path().substring(FOLDER.length()));
        }
        targets.add(path().toUpperCase());
        targets.add(path().replace("file", "File"));
        targets.add(path().replace("file", "FILE"));
        return targets;
    }

    private String below(String target) {
        String authority = "http://" + RawRequest.HOST;
        return target.startsWith(authority)
                ? authority + folder + target.substring(authority.length())
                : folder + target;
    }
}
