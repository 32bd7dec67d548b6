package dev.gangway.servlet.process;

import java.util.Objects;

/** The version of this program, as its jar names it. */
public final class Version {
    public static final String NUMBER =
            Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "(unpackaged)");

    private Version() {}
}
