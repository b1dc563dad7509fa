package graph

