<%@ page contentType="application/octet-stream" session="false" trimDirectiveWhitespaces="true" %>
<%@ page import="jakarta.servlet.ServletInputStream, jakarta.servlet.ServletOutputStream, java.nio.ByteBuffer" %>
<%
    // The page ends without a line feed: it would go to a writer, which cannot be had together with the stream.
    ServletInputStream in = request.getInputStream();
    ServletOutputStream stream = response.getOutputStream();
    ByteBuffer buffer = ByteBuffer.allocateDirect(1000);
    while (in.read(buffer) >= 0) {
        buffer.flip();
        stream.write(buffer);
        buffer.clear();
    }
%>