<%@ page contentType="text/plain;charset=US-ASCII" session="false" trimDirectiveWhitespaces="true" %>
<%@ page import="jakarta.servlet.ServletConnection" %>
<% ServletConnection connection = request.getServletConnection(); %>
requestId=<%= !request.getRequestId().isEmpty() %>
protocolRequestId=<%= request.getProtocolRequestId() %>
connectionId=<%= !connection.getConnectionId().isEmpty() %>
protocol=<%= connection.getProtocol() %>
protocolConnectionId=<%= connection.getProtocolConnectionId() %>
secure=<%= connection.isSecure() %>
