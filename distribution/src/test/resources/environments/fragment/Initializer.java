package fragment;

import java.util.Set;
import java.util.stream.Collectors;
import ${namespace}.servlet.ServletContainerInitializer;
import ${namespace}.servlet.ServletContext;
import ${namespace}.servlet.annotation.HandlesTypes;
import ${namespace}.servlet.annotation.WebServlet;

@HandlesTypes(WebServlet.class)
public class Initializer implements ServletContainerInitializer {
    @Override
    public void onStartup(Set<Class<?>> types, ServletContext context) {
        context.setAttribute(
                "initializer", types.stream().map(Class::getSimpleName).sorted().collect(Collectors.joining(",")));
    }
}
