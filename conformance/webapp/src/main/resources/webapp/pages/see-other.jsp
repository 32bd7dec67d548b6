<%@ page contentType="text/plain;charset=US-ASCII" session="false" %>kept or not
<% response.sendRedirect("there", 303, request.getParameter("clear") != null); %>
