package app;

import ${namespace}.websocket.OnMessage;
import ${namespace}.websocket.server.ServerEndpoint;

@ServerEndpoint("/chat")
public class Chat {
    @OnMessage
    public String answer(String message) {
        return message;
    }
}
