package dev.gangway.servlet.command;

import dev.gangway.servlet.process.Version;
import org.eclipse.jetty.util.Jetty;
import picocli.CommandLine.IVersionProvider;

/** What {@code gangway --version} prints: this program's version, and those of what it runs on. */
final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"Gangway " + Version.NUMBER, "Jetty " + Jetty.VERSION, "Java " + Runtime.version()};
    }
}
