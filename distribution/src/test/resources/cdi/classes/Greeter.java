package app;

import ${namespace}.enterprise.context.ApplicationScoped;
import ${namespace}.inject.Named;

@ApplicationScoped
@Named
public class Greeter {
    public String getText() {
        return "hello";
    }
}
