package app;

import ${namespace}.annotation.PreDestroy;
import ${namespace}.enterprise.context.Dependent;

/** Lives as long as what it is injected into. */
@Dependent
public class Note {
    @PreDestroy
    void end() {
        System.err.println("note is released");
    }
}
