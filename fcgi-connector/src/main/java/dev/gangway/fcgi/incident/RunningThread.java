package dev.gangway.fcgi.incident;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a thread does at one moment, be it virtual or not.
 *
 * @param name  of the thread
 * @param state what it waits for, if anything
 * @param stack the innermost call comes first; what has called the application is left out
 */
public record RunningThread(String name, Thread.State state, List<StackTraceElement> stack) {
    private static final List<String> MACHINE = List.of("java.", "jdk.", "sun.");

    /**
     * {@return what a thread does}
     *
     * @param isCaller whether a call is that of the application, or one that encloses it
     */
    public static RunningThread of(Thread thread, Predicate<StackTraceElement> isCaller) {
        List<StackTraceElement> stack = Arrays.stream(thread.getStackTrace())
                .takeWhile(call -> !isCaller.test(call))
                .toList();
        // Virtual threads have no names of their own.
        String name = thread.getName().isEmpty() ? thread.toString() : thread.getName();
        return new RunningThread(name, thread.getState(), stack);
    }

    /** {@return the innermost line that is not one of the Java platform; empty if there is none} */
    public String place() {
        return stack.stream()
                .filter(call -> MACHINE.stream().noneMatch(call.getClassName()::startsWith))
                .findFirst()
                .map(RunningThread::line)
                .orElse("");
    }

    /** {@return the calls as text} */
    public List<String> lines() {
        return stack.stream().map(RunningThread::line).toList();
    }

    /** Without the class loader, which is the object of an application. */
    private static String line(StackTraceElement call) {
        String text = call.toString();
        return text.substring(text.lastIndexOf('/', text.indexOf('(')) + 1);
    }
}
