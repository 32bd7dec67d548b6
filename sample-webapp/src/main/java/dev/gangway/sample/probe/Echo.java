package dev.gangway.sample.probe;

import dev.gangway.sample.Arrival;
import dev.gangway.sample.Checksum;
import dev.gangway.sample.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;

/**
 * {@code /probe/echo}, with any method and any further path: tells in JSON how a servlet sees the request. The body
 * streams through and is told by its length and SHA-256; that of a form becomes {@code parameters} instead.
 * {@code parameters} is null if the container cannot decode them; {@code role} and {@code paramNames} are null
 * without Gangway.
 */
@WebServlet("/probe/echo/*")
public final class Echo extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonObjectBuilder echo = Json.object();
        addRequestLine(request, echo);
        addEndpoints(request, echo);
        echo.add("headers", headers(request));
        echo.add("cookies", cookies(request));
        echo.add("parameters", parameters(request));
        addBody(request, echo);
        addArrival(request, echo);
        Json.send(response, echo.build());
    }

    private static void addRequestLine(HttpServletRequest request, JsonObjectBuilder echo) {
        echo.add("method", request.getMethod())
                .add("requestURI", request.getRequestURI())
                .add("contextPath", request.getContextPath())
                .add("servletPath", request.getServletPath())
                .add("pathInfo", Json.text(request.getPathInfo()))
                .add("queryString", Json.text(request.getQueryString()))
                .add("protocol", request.getProtocol());
    }

    private static void addEndpoints(HttpServletRequest request, JsonObjectBuilder echo) {
        echo.add("scheme", request.getScheme())
                .add("secure", request.isSecure())
                .add("serverName", Json.text(request.getServerName()))
                .add("serverPort", request.getServerPort())
                .add("remoteAddr", Json.text(request.getRemoteAddr()))
                .add("remotePort", request.getRemotePort())
                .add("localAddr", Json.text(request.getLocalAddr()))
                .add("localPort", request.getLocalPort());
    }

    private static JsonArrayBuilder headers(HttpServletRequest request) {
        JsonArrayBuilder headers = Json.array();
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                headers.add(Json.array().add(name).add(value));
            }
        }
        return headers;
    }

    private static JsonArrayBuilder cookies(HttpServletRequest request) {
        JsonArrayBuilder cookies = Json.array();
        if (request.getCookies() == null) return cookies;
        for (Cookie cookie : request.getCookies()) {
            cookies.add(Json.array().add(cookie.getName()).add(Json.text(cookie.getValue())));
        }
        return cookies;
    }

    private static JsonValue parameters(HttpServletRequest request) {
        JsonObjectBuilder parameters = Json.object();
        try {
            request.getParameterMap().forEach((name, values) -> {
                JsonArrayBuilder list = Json.array();
                for (String value : values) list.add(value);
                parameters.add(name, list);
            });
        } catch (IllegalStateException e) {
            return JsonValue.NULL;
        }
        return parameters.build();
    }

    private static void addBody(HttpServletRequest request, JsonObjectBuilder echo) throws IOException {
        Checksum body = Checksum.of(request.getInputStream());
        echo.add("contentType", Json.text(request.getContentType()))
                .add("contentLength", request.getContentLengthLong())
                .add("bodyLength", body.bytes())
                .add("bodySha256", body.sha256());
    }

    private static void addArrival(HttpServletRequest request, JsonObjectBuilder echo) {
        Optional<Arrival> arrival = Arrival.of(request);
        echo.add("role", Json.text(arrival.map(Arrival::role).orElse(null)));
        if (arrival.isEmpty()) {
            echo.addNull("paramNames");
            return;
        }
        JsonArrayBuilder names = Json.array();
        arrival.get().params().forEach(param -> names.add(param.name()));
        echo.add("paramNames", names);
    }
}
