package dev.gangway.servlet.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The attributes of a session, written by one version of an application and read by another. */
class AttributesTest {
    private final ClassLoader application = Thread.currentThread().getContextClassLoader();
    private final Map<String, String> omitted = new HashMap<>();

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(application);
    }

    @Test
    void valuesOfAllKinds() throws Exception {
        Map<String, Object> values = Map.of(
                "text",
                "x",
                "list",
                List.of(1, 2L, 'c'),
                "array",
                new int[][] {{1}, {2, 3}},
                "own array",
                new Cart[] {new Cart("a")},
                "primitive type",
                int.class,
                "enum",
                TimeUnit.DAYS,
                "record",
                new Point(1, 2),
                "own",
                new Cart("book"));

        Map<String, Object> read = carry(values);

        assertThat(omitted).isEmpty();
        assertThat(read).usingRecursiveComparison().isEqualTo(values);
    }

    @Test
    void proxyOfOwnInterface() throws Exception {
        Object proxy = Proxy.newProxyInstance(application, new Class<?>[] {Named.class}, new Handler());

        Map<String, Object> read = carry(Map.of("proxy", proxy));

        assertThat(omitted).isEmpty();
        assertThat(((Named) read.get("proxy")).name()).isEqualTo("handled");
    }

    @Test
    void attributesReferToTheSameObject() throws Exception {
        Cart cart = new Cart("book");

        Map<String, Object> read = carry(Map.of("cart", cart, "order", new ArrayList<>(List.of(cart))));

        assertThat((List<?>) read.get("order")).singleElement().isSameAs(read.get("cart"));
    }

    @Test
    void whatIsNotSerializableIsOmitted() throws Exception {
        Map<String, Object> read =
                carry(Map.of("good", "x", "thread", new Thread(), "in a list", List.of(new Object())));

        assertThat(read).containsOnlyKeys("good");
        assertThat(omitted).containsOnlyKeys("thread", "in a list");
        assertThat(omitted.get("thread")).contains("NotSerializableException: java.lang.Thread");
    }

    @Test
    void classThatTheNextVersionDoesNotHaveIsOmitted() throws Exception {
        byte[] bytes = write(new LinkedHashMap<>(Map.of("cart", new Cart("book"), "text", "x")));
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());

        Map<String, Object> read = AttributeInput.read(bytes, this::onOmitted);

        assertThat(read).containsOnlyKeys("text");
        assertThat(omitted).containsOnlyKeys("cart");
    }

    @Test
    void valueThatCannotBeReadIsOmitted() throws Exception {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("first", "x");
        values.put("stubborn", new Stubborn());

        assertThat(carry(values)).containsOnlyKeys("first");
        assertThat(omitted).containsOnlyKeys("stubborn");
    }

    private Map<String, Object> carry(Map<String, Object> attributes) throws Exception {
        return AttributeInput.read(write(attributes), this::onOmitted);
    }

    private byte[] write(Map<String, Object> attributes) throws IOException {
        return AttributeOutput.write(attributes, this::onOmitted);
    }

    private void onOmitted(String name, Throwable reason) {
        omitted.put(name, reason.toString());
    }

    private record Point(int x, int y) implements Serializable {}

    private interface Named {
        String name();
    }

    private record Handler() implements java.lang.reflect.InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
            return "handled";
        }
    }

    private static final class Cart implements Serializable {
        private static final long serialVersionUID = 1;

        private final String item;

        Cart(String item) {
            this.item = item;
        }

        @Override
        public String toString() {
            return item;
        }
    }

    private static final class Stubborn implements Serializable {
        private static final long serialVersionUID = 1;

        private void readObject(ObjectInputStream in) {
            throw new IllegalStateException("no");
        }
    }
}
