package push;

import com.vaadin.annotations.Push;
import com.vaadin.annotations.VaadinServletConfiguration;
import com.vaadin.server.VaadinRequest;
import com.vaadin.server.VaadinServlet;
import com.vaadin.shared.ui.ui.Transport;
import com.vaadin.ui.Label;
import com.vaadin.ui.UI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import ${namespace}.servlet.annotation.WebInitParam;
import ${namespace}.servlet.annotation.WebServlet;

/** Shows by push what {@link Teller} is told. */
// shown-begin
@Push(transport = Transport.LONG_POLLING)
// shown-end
public class Board extends UI {
    private static final Set<Board> BOARDS = ConcurrentHashMap.newKeySet();

    private final Label label = new Label("nothing yet");

    static void showOnAll(String text) {
        BOARDS.forEach(board -> board.access(() -> board.label.setValue(text)));
    }

    @Override
    protected void init(VaadinRequest request) {
        setContent(label);
    }

    @Override
    public void attach() {
        super.attach();
        BOARDS.add(this);
    }

    @Override
    public void detach() {
        BOARDS.remove(this);
        super.detach();
    }

    // shown-begin
    @WebServlet(
            urlPatterns = "/board/*",
            asyncSupported = true,
            initParams = @WebInitParam(name = "pushLongPollingSuspendTimeout", value = "1000"))
    // shown-end
    @VaadinServletConfiguration(ui = Board.class, productionMode = true)
    public static class Boards extends VaadinServlet {}
}
