package dev.gangway.runner;

import java.util.Objects;
import org.eclipse.jetty.util.Jetty;
import picocli.CommandLine.IVersionProvider;

/** The version of this program, as its jar names it. */
final class Version implements IVersionProvider {
    static final String NUMBER =
            Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "(unpackaged)");

    @Override
    public String[] getVersion() {
        return new String[] {"Gangway " + NUMBER, "Jetty " + Jetty.VERSION, "Java " + Runtime.version()};
    }
}
