package dev.gangway.it.harness;

/** The user as whom web servers serve: root gives way to Debian's user for it, anyone else stays who they are. */
public final class RunAs {
    private static final String WEB_USER = "www-data";

    private RunAs() {}

    public static String user() {
        return isRoot() ? WEB_USER : System.getProperty("user.name");
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
