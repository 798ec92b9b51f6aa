{# Order lines that the fit outcome model looks at: of a larger shop, those of some customers. #}
{% macro most_outcome_lines() -%}
    300000
{%- endmacro %}

{# Units that the fit outcome model's expectation of a size stands for beside what was seen. #}
{% macro outcome_prior_units() -%}
    20.0
{%- endmacro %}
