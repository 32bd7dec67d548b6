<%@ page isErrorPage="true" contentType="text/plain" %>told: <%= exception.getMessage() %>
