package dev.gangway.sample;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Answers in JSON. The provider is looked up once, since each look-up reads the jars of the application.
 */
public final class Json {
    private static final JsonProvider PROVIDER = JsonProvider.provider();

    private Json() {}

    /** {@return an empty object} */
    public static JsonObjectBuilder object() {
        return PROVIDER.createObjectBuilder();
    }

    /** {@return an empty list} */
    public static JsonArrayBuilder array() {
        return PROVIDER.createArrayBuilder();
    }

    /** {@return a string or JSON's null} */
    public static JsonValue text(String text) {
        return text == null ? JsonValue.NULL : PROVIDER.createValue(text);
    }

    /** Sends an object as the whole answer. */
    public static void send(HttpServletResponse response, JsonObject object) throws IOException {
        byte[] body = object.toString().getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
