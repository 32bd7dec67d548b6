package dev.gangway.fcgi.server;

import dev.gangway.api.FcgiRequest;
import dev.gangway.api.Role;
import dev.gangway.fcgi.record.Params;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;

/** The PARAMS and role of a request as the application sees them; decoded when it looks. */
final class ReceivedRequest implements FcgiRequest {
    private final Role role;
    private final Params params;
    private final Map<String, String> map = new ParamMap();
    private volatile Map<String, String> decoded;

    ReceivedRequest(Role role, Params params) {
        this.role = role;
        this.params = params;
    }

    @Override
    public Role role() {
        return role;
    }

    @Override
    public List<Param> params() {
        return new ParamList();
    }

    @Override
    public Map<String, String> paramMap() {
        return map;
    }

    /** Headers are read as HTTP reads them, one character a byte; the web server's own variables are UTF-8. */
    private Param param(int pair) {
        String name = params.name(pair);
        Charset charset = name.startsWith("HTTP_") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        return new Param(name, params.value(pair, charset));
    }

    private Map<String, String> decoded() {
        Map<String, String> result = decoded;
        if (result == null) {
            result = new LinkedHashMap<>();
            for (Param param : params()) {
                result.put(param.name(), param.value());
            }
            result = Collections.unmodifiableMap(result);
            decoded = result;
        }
        return result;
    }

    @Override
    public String toString() {
        return role + ", " + params;
    }

    private final class ParamList extends AbstractList<Param> implements RandomAccess {
        @Override
        public Param get(int pair) {
            return param(pair);
        }

        @Override
        public int size() {
            return params.size();
        }
    }

    /** Shows no values when it is printed: attributes get into logs and status pages, and values may be credentials. */
    private final class ParamMap extends AbstractMap<String, String> {
        @Override
        public Set<Entry<String, String>> entrySet() {
            return decoded().entrySet();
        }

        @Override
        public String get(Object name) {
            return decoded().get(name);
        }

        @Override
        public boolean containsKey(Object name) {
            return decoded().containsKey(name);
        }

        @Override
        public String toString() {
            return keySet().toString();
        }
    }
}
