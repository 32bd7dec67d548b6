package dev.gangway.sample.probe;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * {@code /probe/cookies} sets the cookies {@code first=1} and {@code second=2}, in two headers, with an empty body.
 */
@WebServlet("/probe/cookies")
public final class Cookies extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        Cookie first = new Cookie("first", "1");
        first.setHttpOnly(true);
        response.addCookie(first);

        Cookie second = new Cookie("second", "2");
        second.setMaxAge(60);
        second.setAttribute("SameSite", "Lax");
        response.addCookie(second);
    }
}
