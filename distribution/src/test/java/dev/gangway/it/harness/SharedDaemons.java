package dev.gangway.it.harness;

import dev.gangway.conformance.peer.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The daemons that {@code gangway fcgid} and {@code gangway cgi} have started with one run directory. */
public record SharedDaemons(Path directory) {
    private static final Set<Path> DIRECTORIES = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> DIRECTORIES.forEach(SharedDaemons::kill)));
    }

    public SharedDaemons {
        DIRECTORIES.add(directory);
    }

    private static void kill(Path directory) {
        new SharedDaemons(directory).running().forEach(ProcessHandle::destroyForcibly);
    }

    /** All daemons that use the directory, whether they have been started for good or by mistake. */
    public List<ProcessHandle> running() {
        return withArgument("--listen=unix:" + directory + "/");
    }

    /** The processes that start them, or wait for those that do. */
    public List<ProcessHandle> starts() {
        return withArgument("libexec/start\0" + directory + "/");
    }

    /** The processes of {@code gangway fcgid} that lead to them. */
    public List<ProcessHandle> relays() {
        return withArgument("relay.pl\0" + directory + "/");
    }

    /** Kills the relays. When it returns they hold no socket any more, whether or not the web server has noticed. */
    public void killRelays() {
        relays().forEach(SharedDaemons::kill);
    }

    /** Kills a process; it is dead when this returns. */
    public static void kill(ProcessHandle process) {
        process.destroyForcibly();
        Await.until("process " + process.pid() + " is dead", () -> isDead(process));
    }

    /** {@return whether it runs no more, even if nobody has asked for its exit status yet} */
    public static boolean isDead(ProcessHandle process) {
        Path files = Path.of("/proc/" + process.pid());
        try (Stream<Path> threads = Files.list(files.resolve("task"))) {
            // It holds its sockets as long as it has another thread.
            return Files.readString(files.resolve("stat")).contains(") Z ") && threads.count() == 1;
        } catch (IOException e) {
            return true;
        }
    }

    /** {@return the session that a process belongs to, by the number of the process that leads it} */
    public static long session(ProcessHandle process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        // The fourth field after the name of the program, which is in parentheses.
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
    }

    private static List<ProcessHandle> withArgument(String argument) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(argument))
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        } catch (IOException e) {
            return ""; // Gone by now, or somebody else's.
        }
    }

    /** The text of all files with this suffix. */
    public String text(String suffix) {
        StringBuilder text = new StringBuilder();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + suffix)) {
            for (Path file : files) {
                text.append(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Ends all of them, as an administrator would. */
    public void stop() {
        List<ProcessHandle> running = running();
        running.forEach(ProcessHandle::destroy);
        running.forEach(SharedDaemons::await);
    }

    private static void await(ProcessHandle process) {
        process.onExit()
                .completeOnTimeout(process, Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
    }
}
