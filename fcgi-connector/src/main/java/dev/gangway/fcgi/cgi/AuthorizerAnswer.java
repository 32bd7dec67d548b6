package dev.gangway.fcgi.cgi;

import dev.gangway.fcgi.config.AuthorizerGrant;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/** What an Authorizer has said besides its response: whether it means to grant, and the variables. Thread-safe. */
public final class AuthorizerAnswer implements AuthorizerGrant {
    private static final String VARIABLE = "Variable-";

    private enum Decision {
        OPEN,
        GRANTED,
        /** For good, whatever is said afterwards. */
        DENIED
    }

    private final Charset charset;
    private final Map<String, String> variables = new ConcurrentHashMap<>();
    private final AtomicReference<Decision> decision = new AtomicReference<>(Decision.OPEN);

    /** @param charset of the variables on the wire */
    public AuthorizerAnswer(Charset charset) {
        this.charset = charset;
    }

    @Override
    public void setGranted(boolean granted) {
        Decision wanted = granted ? Decision.GRANTED : Decision.OPEN;
        decision.updateAndGet(now -> now == Decision.DENIED ? now : wanted);
    }

    @Override
    public void deny() {
        decision.set(Decision.DENIED);
    }

    public boolean isGranted() {
        return decision.get() == Decision.GRANTED;
    }

    public boolean isDenied() {
        return decision.get() == Decision.DENIED;
    }

    /**
     * @param name  a token
     * @param value without control characters
     * @throws IllegalArgumentException if they are not
     */
    public void setVariable(String name, String value) {
        if (!Token.is(name)) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a variable");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("control character in the value of the variable " + name);
        }
        variables.put(name, value);
    }

    /** {@return the variables as header fields; one that was set replaces those of its name in a response} */
    public HttpFields variables(HttpFields response) {
        HttpFields.Mutable fields = HttpFields.build();
        for (HttpField field : response) {
            if (isVariable(field) && !variables.containsKey(field.getName().substring(VARIABLE.length()))) {
                fields.add(field);
            }
        }
        // Headers are written with one byte per character.
        variables.forEach((name, value) ->
                fields.add(VARIABLE + name, new String(value.getBytes(charset), StandardCharsets.ISO_8859_1)));
        return fields.asImmutable();
    }

    /** {@return the fields of a response that are not variables} */
    public static HttpFields withoutVariables(HttpFields response) {
        HttpFields.Mutable fields = HttpFields.build();
        for (HttpField field : response) {
            if (!isVariable(field)) {
                fields.add(field);
            }
        }
        return fields.asImmutable();
    }

    private static boolean isVariable(HttpField field) {
        return field.getName().regionMatches(true, 0, VARIABLE, 0, VARIABLE.length());
    }
}
