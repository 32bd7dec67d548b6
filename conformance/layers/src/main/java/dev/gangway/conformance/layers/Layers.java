package dev.gangway.conformance.layers;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * The rooms of a module, which are the packages below its root package, and the drawing in the documentation of that.
 * Each rule is a method that returns what breaks it, a sentence for each.
 */
public final class Layers {
    private static final int LONGEST = 400;
    private static final Pattern ARROW = Pattern.compile("(?m)^ +([\\w.$]+) +-> ([\\w.$]+)");
    private static final Pattern QUALIFIED_NAME = Pattern.compile("\\b(?:[a-z][a-z0-9_]*\\.){2,}[A-Z]\\w*");

    private final String root;
    private final Path sources;
    private final Drawing drawing;
    private final List<Use> uses;
    private final List<Use> names;

    /** One class, or the source of one, and another that it uses or names. */
    private record Use(String user, String used) {}

    private Layers(Path module, String root) {
        this.root = root;
        this.sources = module.resolve("src/main/java").resolve(folder(root));
        this.drawing = Drawing.in(read(sources.resolve("package-info.java")));
        // Below the root of the class files: a module-info would have jdeps look for other modules.
        this.uses = usesIn(module.resolve("target/classes").resolve(folder(root)));
        this.names = namesIn(sources);
    }

    /**
     * {@return the rooms of a module that has been compiled}
     *
     * @param module the folder of the module
     * @param root   the package above the rooms, which has no class itself
     */
    public static Layers of(Path module, String root) {
        return new Layers(module, root);
    }

    /** {@return where the drawing is not of the rooms that there are, or not from above to below} */
    public List<String> drawing() {
        List<String> complaints = new ArrayList<>(drawing.wrongWays());
        Set<String> rooms = rooms();
        rooms.stream()
                .filter(room -> !drawing.rooms().contains(room))
                .forEach(room -> complaints.add(root + '.' + room + " is not in the drawing"));
        drawing.rooms().stream()
                .filter(room -> !rooms.contains(room))
                .forEach(room -> complaints.add(root + '.' + room + " is in the drawing only"));
        files(sources, 1)
                .filter(file -> !file.endsWith("package-info.java"))
                .forEach(file -> complaints.add(file + " is in no room"));
        return complaints;
    }

    /** {@return the classes that use others against the drawing, by their class files, and what it draws for nothing} */
    public List<String> uses() {
        List<String> complaints = against(uses, "uses");
        drawing.rows().forEach((room, others) -> others.stream()
                .filter(other -> uses.stream().noneMatch(use -> joins(use, room, other)))
                .forEach(other -> complaints.add(
                        "the drawing lets " + room + " use " + other + ", but no class of " + room + " does")));
        return complaints;
    }

    /** {@return the sources that name others against the drawing, also in comments and in texts} */
    public List<String> names() {
        return against(names, "names");
    }

    /**
     * {@return the classes of more than 400 lines, and the rooms of too many files}
     *
     * @param files how many a room may have, with its package-info
     * @param large the rooms that may have more
     */
    public List<String> sizes(int files, String... large) {
        List<String> complaints = new ArrayList<>();
        files(sources, Integer.MAX_VALUE).forEach(file -> {
            long lines = read(file).lines().count();
            if (lines > LONGEST) {
                complaints.add(file + " has " + lines + " lines, want at most " + LONGEST);
            }
        });
        for (String room : rooms()) {
            long count = files(sources.resolve(room), Integer.MAX_VALUE).count();
            if (count > files && !List.of(large).contains(room)) {
                complaints.add(root + '.' + room + " has " + count + " files, want at most " + files);
            }
        }
        return complaints;
    }

    /**
     * {@return the qualified names of all classes that those of a package use or name}
     *
     * @param part a package, as are those below it
     */
    public Set<String> known(String part) {
        return Stream.of(uses, names)
                .flatMap(List::stream)
                .filter(use -> use.user.startsWith(part + '.'))
                .map(Use::used)
                .collect(toCollection(TreeSet::new));
    }

    private List<String> against(List<Use> all, String verb) {
        return all.stream()
                .filter(use -> room(use.user) != null && room(use.used) != null)
                .filter(use -> !drawing.allows(room(use.user), room(use.used)))
                .map(use -> use.user + ' ' + verb + ' ' + use.used + ", but " + room(use.user) + " has no "
                        + room(use.used) + " in the drawing")
                .distinct()
                .sorted()
                .collect(toCollection(ArrayList::new));
    }

    private boolean joins(Use use, String room, String other) {
        return room.equals(room(use.user)) && other.equals(room(use.used));
    }

    /** {@return the room to which a name belongs that is drawn; null for all other names} */
    private String room(String name) {
        if (!name.startsWith(root + '.')) {
            return null;
        }
        String room = name.substring(root.length() + 1).split("\\.", 2)[0];
        return drawing.rooms().contains(room) ? room : null;
    }

    private Set<String> rooms() {
        try (Stream<Path> folders = Files.list(sources)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .collect(toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the compiler has it: a chain of calls uses classes that no line names. */
    private static List<Use> usesIn(Path classes) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        int status = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(out, out, "-verbose:class", "-filter:none", classes.toString());
        if (status != 0) {
            throw new IllegalStateException("jdeps: " + text);
        }
        return ARROW.matcher(text.toString())
                .results()
                .map(arrow -> new Use(arrow.group(1), arrow.group(2)))
                .toList();
    }

    private List<Use> namesIn(Path folder) {
        Pattern own = Pattern.compile("\\b" + Pattern.quote(root) + "\\.[a-z]+\\b(?:\\.[A-Z]\\w*)?");
        return files(folder, Integer.MAX_VALUE)
                .filter(file -> !file.getParent().equals(sources))
                .flatMap(file -> {
                    String user = root
                            + '.'
                            + sources.relativize(file)
                                    .toString()
                                    .replace(".java", "")
                                    .replace('/', '.');
                    String source = read(file);
                    return Stream.of(QUALIFIED_NAME, own)
                            .flatMap(pattern -> pattern.matcher(source).results())
                            .map(name -> new Use(user, name.group()));
                })
                .toList();
    }

    private static Stream<Path> files(Path folder, int depth) {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String folder(String name) {
        return name.replace('.', '/');
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
