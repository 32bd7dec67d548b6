package dev.gangway.fcgi.request;

import dev.gangway.api.FcgiData;
import dev.gangway.api.FcgiRequest;
import dev.gangway.api.Role;
import dev.gangway.fcgi.cgi.AuthorizerAnswer;
import dev.gangway.fcgi.cgi.HiddenParams;
import dev.gangway.fcgi.cgi.MaskedParams;
import dev.gangway.fcgi.cgi.RequestParams;
import dev.gangway.fcgi.config.AuthorizerGrant;
import dev.gangway.fcgi.config.Secret;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpURI;

/** The PARAMS and role of a request as the application sees them; decoded on first use. */
final class WebServerRequest implements FcgiRequest, AuthorizerGrant {
    private final Role role;
    private final HttpURI uri;
    private final RequestParams params;
    private final Secret secret;
    private final Charset charset;
    private final FcgiData data;
    private final Map<String, String> map = new ParamMap();
    private final AuthorizerAnswer answer;
    private volatile Decoded decoded;
    /** What the application sees, decoded once. */
    private record Decoded(List<Param> list, Map<String, String> map) {}

    /**
     * @param uri     what the client asked for
     * @param secret  is not for applications
     * @param charset of what is no header
     * @param data    null if the role is not Filter
     */
    WebServerRequest(Role role, HttpURI uri, RequestParams params, Secret secret, Charset charset, FcgiData data) {
        this.role = role;
        this.uri = uri;
        this.params = params;
        this.secret = secret;
        this.charset = charset;
        this.data = data;
        this.answer = role == Role.AUTHORIZER ? new AuthorizerAnswer(charset) : null;
    }

    @Override
    public Role role() {
        return role;
    }

    @Override
    public String target() {
        return uri.getPathQuery();
    }

    /** {@return what the client asked for} */
    HttpURI uri() {
        return uri;
    }

    @Override
    public List<Param> params() {
        return decoded().list();
    }

    @Override
    public Map<String, String> paramMap() {
        return map;
    }

    @Override
    public void setVariable(String name, String value) {
        requireRole(Role.AUTHORIZER);
        answer.setVariable(name, value);
    }

    @Override
    public void setGranted(boolean granted) {
        requireRole(Role.AUTHORIZER);
        answer.setGranted(granted);
    }

    @Override
    public void deny() {
        requireRole(Role.AUTHORIZER);
        answer.deny();
    }

    /** {@return all PARAMS} */
    RequestParams received() {
        return params;
    }

    /** {@return all PARAMS as an operator may see them} */
    List<Param> masked() {
        return MaskedParams.of(params, secret, charset);
    }

    /** {@return what an Authorizer has said} */
    AuthorizerAnswer answer() {
        return answer;
    }

    @Override
    public FcgiData data() {
        requireRole(Role.FILTER);
        return data;
    }

    private void requireRole(Role wanted) {
        if (role != wanted) {
            throw new IllegalStateException("the role of the request is " + role + ", not " + wanted);
        }
    }

    private Decoded decoded() {
        Decoded result = decoded;
        if (result == null) {
            List<Param> list = new ArrayList<>(params.size());
            Map<String, String> byName = new LinkedHashMap<>();
            for (int pair = 0; pair < params.size(); pair++) {
                if (!HiddenParams.isHidden(params, pair, secret)) {
                    Param param = param(pair);
                    list.add(param);
                    byName.put(param.name(), param.value());
                }
            }
            result = new Decoded(Collections.unmodifiableList(list), Collections.unmodifiableMap(byName));
            decoded = result;
        }
        return result;
    }

    /** Headers are read as HTTP reads them, one character per byte. */
    private Param param(int pair) {
        String name = params.name(pair);
        boolean header = name.startsWith("HTTP_");
        return new Param(name, params.value(pair, header ? StandardCharsets.ISO_8859_1 : charset));
    }

    @Override
    public String toString() {
        return role + ", " + params;
    }

    /** Shows no values when it is printed: attributes get into logs and status pages, and values may be credentials. */
    private final class ParamMap extends AbstractMap<String, String> {
        @Override
        public Set<Entry<String, String>> entrySet() {
            return decoded().map().entrySet();
        }

        @Override
        public String get(Object name) {
            return decoded().map().get(name);
        }

        @Override
        public boolean containsKey(Object name) {
            return decoded().map().containsKey(name);
        }

        @Override
        public String toString() {
            return keySet().toString();
        }
    }
}
