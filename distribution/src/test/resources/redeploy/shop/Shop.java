package app;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import ${namespace}.servlet.annotation.WebServlet;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;
import ${namespace}.servlet.http.HttpSession;
import ${namespace}.servlet.http.HttpSessionActivationListener;
import ${namespace}.servlet.http.HttpSessionEvent;

/** Fills the session, and says what is in it. */
@WebServlet("/shop/*")
public class Shop extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession();
        session.setMaxInactiveInterval(1234);
        Cart cart = new Cart();
        session.setAttribute("cart", cart);
        session.setAttribute("order", new ArrayList<>(List.of(cart)));
        session.setAttribute("changing", changing());
        session.setAttribute("thread", new Thread());
        session.setAttribute("traveller", new Traveller());
    }

    /** Its class is another one in the next version. */
    private static Object changing() throws IOException {
        try {
            return Class.forName("app.Changing").getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IOException(e);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession(false);
        if (session == null) {
            response.getWriter().print("no session");
            return;
        }
        switch (request.getPathInfo()) {
            case "/end" -> session.invalidate();
            case "/new-id" -> response.getWriter().print(request.changeSessionId());
            default -> tell(session, response);
        }
    }

    private void tell(HttpSession session, HttpServletResponse response) throws IOException {
        Cart cart = (Cart) session.getAttribute("cart");
        List<?> order = (List<?>) session.getAttribute("order");
        response.getWriter().print(String.join("\n",
                "id " + session.getId(),
                "created " + session.getCreationTime(),
                "new " + session.isNew(),
                "timeout " + session.getMaxInactiveInterval(),
                "cart " + (cart == null ? null : cart.items),
                "order of cart " + (order != null && order.get(0) == cart),
                "changing " + session.getAttribute("changing"),
                "thread " + session.getAttribute("thread"),
                "traveller " + session.getAttribute("traveller")));
    }

    private static final class Cart implements Serializable {
        private static final long serialVersionUID = 1;

        private final List<String> items = new ArrayList<>(List.of("book"));
    }

    /** Is told of its journeys. */
    private static final class Traveller implements HttpSessionActivationListener, Serializable {
        private static final long serialVersionUID = 1;

        private String state = "at home";

        @Override
        public void sessionWillPassivate(HttpSessionEvent event) {
            state = "on the way";
        }

        @Override
        public void sessionDidActivate(HttpSessionEvent event) {
            state = "arrived";
        }

        @Override
        public String toString() {
            return state;
        }
    }
}
